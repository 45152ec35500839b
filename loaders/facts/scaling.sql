-- How many times its throughput at a concurrency of one does each published series reach?
-- format: .2f
SELECT
  a.series,
  a.concurrency,
  unnest(ratio(a.quantity, b.quantity)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  merged(a.sources, b.sources) AS sources
FROM
  point AS a
  JOIN point AS b ON b.series = a.series
  AND b.metric = a.metric
  AND b.concurrency = 1
  JOIN series ON series.id = a.series
WHERE
  a.metric = 'system_throughput'
  AND a.concurrency > 1
  AND series.role = 'published'
