-- At which concurrencies was each series printed, published series first?
SELECT
  point.series,
  point.concurrency
FROM
  point
  JOIN series ON series.id = point.series
WHERE metric = 'system_throughput'
ORDER BY
  list_position(['published', 'later'], series.role) NULLS LAST,
  series.label,
  point.concurrency
