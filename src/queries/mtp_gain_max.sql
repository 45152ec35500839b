-- What is the largest gain of system throughput by MTP?
-- format: +.0%
SELECT
  max(value) AS value,
  max(low) AS low,
  max(high) AS high,
  'ratio' AS unit,
  'rounding' AS interval_kind,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM mtp_delta
