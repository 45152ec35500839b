-- How long does a GPU take at least to read the weights of a step, at each bandwidth?
-- format: .2f ms
SELECT
  checkpoint_id,
  bandwidth.name AS bandwidth,
  tokens,
  unnest(exact(weights / 1e6 / bandwidth.value)),
  'ms' AS unit,
  'none' AS interval_kind,
  merged(step.sources, bandwidth.sources) AS sources
FROM
  step_as_awq AS step
  CROSS JOIN gpu_bandwidth AS bandwidth
WHERE
  tokens <= 32
  AND bandwidth.name IN ('published', 'server', 'workstation-load', 'workstation')
