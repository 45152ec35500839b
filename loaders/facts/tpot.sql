-- What is the median TPOT of each series at each concurrency, printed or worked back from a throughput?
-- format: .2f ms
SELECT
  series,
  concurrency,
  unnest(quantity),
  'ms' AS unit,
  'rounding' AS interval_kind,
  derived,
  sources
FROM median_tpot
