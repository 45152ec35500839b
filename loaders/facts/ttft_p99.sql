-- What 99th percentile of the time to first token was printed for each series at each concurrency?
-- format: .0f ms
SELECT
  series,
  concurrency,
  unnest(quantity),
  unit,
  'rounding' AS interval_kind,
  sources
FROM point
WHERE metric = 'ttft_p99'
