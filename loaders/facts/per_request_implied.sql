-- What throughput does one request get, if system throughput is concurrency times that?
-- format: .1f tok/s
SELECT
  series,
  concurrency,
  unnest(scaled(quantity, 1 / concurrency)),
  unit,
  'rounding' AS interval_kind,
  sources
FROM point
WHERE
  metric = 'system_throughput'
  AND series IN (
    SELECT id
    FROM series
    WHERE role = 'published'
  )
