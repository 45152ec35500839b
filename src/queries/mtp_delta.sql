-- By how much does MTP change the system throughput of AWQ at each concurrency?
-- format: +.0%
SELECT
  concurrency,
  unnest(shifted(quantity, -1)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources
FROM speedup
WHERE
  series = 'awq-mtp1'
  AND baseline = 'awq'
