-- Which bandwidth per GPU would the measurement need at a concurrency of one, if the published bytes were right?
-- format: .2f TB/s
SELECT
  series,
  unnest(scaled(product(point.quantity, weights.quantity), 0.001)),
  'TB/s' AS unit,
  'rounding' AS interval_kind,
  merged(point.sources, weights.sources) AS sources
FROM
  point
  CROSS JOIN premise AS weights
WHERE
  metric = 'system_throughput'
  AND series IN (
    SELECT id
    FROM series
    WHERE role = 'published'
  )
  AND concurrency = 1
  AND weights.id = 'ceiling_weights_per_gpu'
