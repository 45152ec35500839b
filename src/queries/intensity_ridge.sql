-- At how many operations per byte would each GPU become compute-bound?
-- format: .0f FLOP/B
SELECT
  hardware,
  unnest(exact(tflops * 1000 / gb_s)),
  'FLOP/B' AS unit,
  'none' AS interval_kind,
  sources
FROM gpu_compute
WHERE hardware <> 'pro-5000'
