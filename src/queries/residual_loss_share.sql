-- What share of the time that MTP adds to a step is the residual, at the stated acceptance?
-- format: .0%
SELECT
  residual.concurrency,
  residual.value / (step.value - plain.value) AS value,
  residual.low / (step.high - plain.low) AS low,
  residual.high / (step.low - plain.high) AS high,
  'ratio' AS unit,
  'rounding' AS interval_kind,
  merged(residual.sources, merged(step.sources, plain.sources)) AS sources
FROM
  residual_step_time AS residual
  JOIN mtp_step_time AS step ON step.concurrency = residual.concurrency
  JOIN tpot AS plain ON plain.series = 'awq'
  AND plain.concurrency = residual.concurrency
