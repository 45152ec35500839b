-- At how many concurrencies was each metric printed for each published series?
-- format: .0f
SELECT
  series.id AS series,
  metric.id AS metric,
  unnest(exact(count(point.concurrency))),
  'concurrencies' AS unit,
  'none' AS interval_kind,
  [{'source': series.source, 'place': series.place}] AS sources
FROM
  series
  CROSS JOIN metric
  LEFT JOIN point ON point.series = series.id
  AND point.metric = metric.id
WHERE series.role = 'published'
GROUP BY
  series.id,
  metric.id,
  series.source,
  series.place
