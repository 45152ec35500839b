-- Which system throughputs do two comparable series have, one line each?
SELECT
  pair.series || '-vs-' || pair.baseline AS pair,
  point.series,
  label,
  concurrency,
  value,
  low,
  high,
  '{{label.' || point.series || '}} {{' || compared_fact(point.series, semantics, 'system_throughput', 'c' || concurrency) || '}} at concurrency ' || concurrency AS at_load
FROM
  (
    SELECT DISTINCT
      series,
      baseline
    FROM series_lead
  ) AS pair
  JOIN system_point AS point ON point.series IN (pair.series, pair.baseline)
  JOIN series AS card ON card.id = point.series
ORDER BY
  pair,
  point.series = pair.baseline,
  concurrency
