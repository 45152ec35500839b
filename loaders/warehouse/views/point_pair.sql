-- Which two series have a printed value of the same metric at the same concurrency?
SELECT
  a.series,
  b.series AS baseline,
  a.metric,
  a.concurrency,
  a.quantity,
  b.quantity AS baseline_quantity,
  a.unit,
  merged(a.sources, b.sources) AS sources
FROM
  point AS a
  JOIN point AS b ON b.metric = a.metric
  AND b.concurrency = a.concurrency
  AND b.series <> a.series
