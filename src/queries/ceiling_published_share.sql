-- Which share of each bandwidth would each series need at a concurrency of one, if the published bytes were right?
-- format: .1%
SELECT
  point.series,
  bandwidth.name AS bandwidth,
  unnest(scaled(product(point.quantity, weights.quantity), 1 / bandwidth.value)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  merged(point.sources, merged(bandwidth.sources, weights.sources)) AS sources
FROM
  point
  CROSS JOIN gpu_bandwidth AS bandwidth
  JOIN premise AS weights ON weights.id = 'ceiling_weights_per_gpu'
WHERE
  point.metric = 'system_throughput'
  AND point.concurrency = 1
