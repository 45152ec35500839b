-- Which dense FP16 tensor rate does each GPU have, stated or derived?
-- format: .1f TFLOP/s
SELECT
  hardware,
  unnest(exact(tflops)),
  'TFLOP/s' AS unit,
  'none' AS interval_kind,
  sources
FROM gpu_compute
