-- Which bandwidth for weights does each measured step imply, for one GPU?
-- format: .0f GB/s
SELECT
  series,
  concurrency,
  unnest(ratio(exact(weights / 1e6), milliseconds)),
  'GB/s' AS unit,
  'rounding' AS interval_kind,
  sources
FROM decode_step
