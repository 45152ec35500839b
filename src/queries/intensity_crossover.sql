-- At how many tokens per weight matrix would each GPU become compute-bound with each checkpoint?
-- format: .0f tokens
SELECT
  bits.checkpoint_id,
  compute.hardware,
  unnest(exact(tflops * 1000 / gb_s * bits.value / 8 / 2)),
  'tokens' AS unit,
  'none' AS interval_kind,
  merged(compute.sources, bits.sources) AS sources
FROM
  gpu_compute AS compute
  CROSS JOIN bits_per_weight AS bits
WHERE compute.hardware <> 'pro-5000'
