-- Which share of its tensor rate does each measured step imply?
-- format: .2%
SELECT
  used.series,
  compute.hardware,
  used.concurrency,
  unnest(scaled({'value': used.value, 'low': used.low, 'high': used.high}, 1 / compute.tflops)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  merged(used.sources, compute.sources) AS sources
FROM
  compute_used AS used
  JOIN gpu_compute AS compute ON compute.hardware IN ('workstation', 'max-q')
WHERE used.series = 'awq'
