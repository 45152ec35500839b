-- Which share of its ceiling does every point reach?
-- format: .1%
SELECT
  ceiling,
  series,
  concurrency,
  unnest(share),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources
FROM ceiling_comparison
