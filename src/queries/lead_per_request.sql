-- How far is AWQ ahead if NVFP4's system throughput is concurrency times its own per-request throughput?
-- format: +.0%
SELECT
  concurrency,
  unnest(shifted(quantity, -1)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources
FROM later_lead
WHERE measure = 'per_request'
