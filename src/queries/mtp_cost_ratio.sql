-- How many times as long as a plain step does a step with MTP take, if the stated acceptance held?
-- format: .3f
SELECT
  basis,
  concurrency,
  unnest(ratio(bounded(length.value, length.low, length.high), speedup)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  merged(step.sources, length.sources) AS sources
FROM
  mtp_step AS step
  CROSS JOIN acceptance_length AS length
