-- How long does a step take at least to compute, at the full tensor rate?
-- format: .3f ms
WITH
  active AS (
    SELECT
      value * 1e9 AS parameters,
      sources
    FROM parameters_total
    WHERE which = 'active'
  )
SELECT
  compute.hardware,
  tokens,
  unnest(exact(2 * active.parameters / gpus * tokens / compute.tflops / 1e9)),
  'ms' AS unit,
  'none' AS interval_kind,
  merged(merged(step.sources, awq.sources), merged(active.sources, compute.sources)) AS sources
FROM
  step_tokens AS step
  JOIN deployment AS awq ON awq.series = 'awq'
  CROSS JOIN active
  JOIN gpu_compute AS compute ON compute.hardware IN ('workstation', 'max-q')
WHERE tokens <= 32
