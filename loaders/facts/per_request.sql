-- What throughput of a single request was printed for each series at each concurrency?
-- format: .0f tok/s
SELECT
  series,
  concurrency,
  unnest(quantity),
  unit,
  'rounding' AS interval_kind,
  sources
FROM point
WHERE metric = 'per_request_throughput'
