-- How many operations per second does each measured step imply, for one GPU?
-- format: .2f TFLOP/s
WITH
  active AS (
    SELECT
      value * 1e9 AS parameters,
      sources
    FROM parameters_total
    WHERE which = 'active'
  )
SELECT
  series,
  concurrency,
  unnest(ratio(exact(2 * active.parameters / gpus * concurrency / 1e9), milliseconds)),
  'TFLOP/s' AS unit,
  'rounding' AS interval_kind,
  merged(step.sources, active.sources) AS sources
FROM
  decode_step AS step
  CROSS JOIN active
