-- Which measured points lie above a ceiling?
SELECT
  ceiling,
  series,
  concurrency,
  throughput,
  limit_throughput,
  share,
  share.low > 1 AS beyond_rounding,
  sources
FROM ceiling_comparison
WHERE share.value > 1
