-- How many times the system throughput of one series is that of another, at each concurrency both have?
SELECT
  a.series,
  b.series AS baseline,
  a.concurrency,
  ratio(a.quantity, b.quantity) AS quantity,
  merged(a.sources, b.sources) AS sources
FROM
  point AS a
  JOIN point AS b ON b.metric = a.metric
  AND b.concurrency = a.concurrency
  AND b.series <> a.series
WHERE a.metric = 'system_throughput'
