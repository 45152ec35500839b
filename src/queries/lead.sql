-- How far is AWQ ahead of NVFP4 in system throughput at each concurrency both were measured at?
-- format: +.0%
SELECT
  concurrency,
  unnest(shifted(quantity, -1)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources
FROM speedup
WHERE
  series = 'awq'
  AND baseline = 'nvfp4'
