-- Which ceiling does each bandwidth give, if the published bytes are kept?
-- format: .1f tok/s
SELECT
  bandwidth.name AS bandwidth,
  unnest(ratio(exact(bandwidth.value), weights.quantity)),
  'tok/s' AS unit,
  'rounding' AS interval_kind,
  merged(bandwidth.sources, weights.sources) AS sources
FROM
  gpu_bandwidth AS bandwidth
  JOIN premise AS weights ON weights.id = 'ceiling_weights_per_gpu'
