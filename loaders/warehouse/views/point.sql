-- What was printed for each series, metric and concurrency?
SELECT
  series,
  metric,
  concurrency,
  quantity(value, half_width) AS quantity,
  unit,
  [{'source': source, 'place': place}] AS sources
FROM printed
WHERE role = 'measured'
