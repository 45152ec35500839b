-- By how much does each series exceed the published ceiling at a concurrency of one?
-- format: .0%
SELECT
  series,
  unnest(
    shifted(ratio(point.quantity, {'value': ceiling.value, 'low': ceiling.low, 'high': ceiling.high}), -1)
  ),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  merged(point.sources, ceiling.sources) AS sources
FROM
  point
  CROSS JOIN ceiling
WHERE
  metric = 'system_throughput'
  AND series IN (
    SELECT id
    FROM series
    WHERE role = 'published'
  )
  AND concurrency = 1
