-- What is the ceiling of every point?
-- format: .1f tok/s
SELECT
  ceiling,
  series,
  concurrency,
  unnest(limit_throughput),
  'tok/s' AS unit,
  CASE ceiling
    WHEN 'published' THEN 'rounding'
    ELSE 'none'
  END AS interval_kind,
  sources
FROM ceiling_comparison
