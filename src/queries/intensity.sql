-- How many operations does a step do for each byte it reads?
-- format: .2f FLOP/B
WITH
  active AS (
    SELECT
      value * 1e9 AS parameters,
      sources
    FROM parameters_total
    WHERE which = 'active'
  )
SELECT
  checkpoint_id,
  tokens,
  unnest(exact(2 * active.parameters / gpus * tokens / weights)),
  'FLOP/B' AS unit,
  'none' AS interval_kind,
  merged(step.sources, active.sources) AS sources
FROM
  step_as_awq AS step
  CROSS JOIN active
WHERE tokens <= 32
