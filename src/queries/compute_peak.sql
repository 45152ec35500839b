-- Which dense FP16 tensor rate has each GPU, stated or derived?
-- format: .1f TFLOP/s
SELECT
  hardware,
  unnest(exact(tflops)),
  'TFLOP/s' AS unit,
  'none' AS interval_kind,
  sources
FROM gpu_compute
