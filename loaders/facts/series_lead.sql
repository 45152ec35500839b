-- How far is one series ahead of another in system throughput, at each concurrency both have?
-- format: +.1%
-- may be empty
SELECT
  series,
  baseline,
  concurrency,
  unnest(shifted(quantity, -1)),
  'ratio' AS unit,
  interval_kind,
  sources
FROM pair_ratio
