-- What system throughput was printed for each series at each concurrency?
-- format: .0f tok/s
SELECT
  series,
  concurrency,
  unnest(quantity),
  unit,
  'rounding' AS interval_kind,
  sources
FROM point
WHERE metric = 'system_throughput'
