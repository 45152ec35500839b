-- Which throughput does the published ceiling give, rebuilt from its own bandwidth and bytes?
-- format: .0f tok/s
SELECT
  unnest(ratio(scaled(bandwidth.quantity, 1000), weights.quantity)),
  'tok/s' AS unit,
  'rounding' AS interval_kind,
  merged(bandwidth.sources, weights.sources) AS sources
FROM
  premise AS bandwidth
  CROSS JOIN premise AS weights
WHERE
  bandwidth.id = 'ceiling_bandwidth'
  AND weights.id = 'ceiling_weights_per_gpu'
