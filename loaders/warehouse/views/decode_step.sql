-- How long was each measured decode step without speculation, and how many bytes did a GPU read in it?
SELECT
  tpot.series,
  tpot.concurrency,
  {'value': tpot.value, 'low': tpot.low, 'high': tpot.high} AS milliseconds,
  step.checkpoint,
  step.weights,
  merged(tpot.sources, step.sources) AS sources
FROM
  tpot
  JOIN setting AS quantisation ON quantisation.series = tpot.series
  AND quantisation.field = 'quantisation'
  JOIN setting AS speculation ON speculation.series = tpot.series
  AND speculation.field = 'num_speculative_tokens'
  AND speculation.number = 0
  JOIN checkpoint ON checkpoint.quantisation = quantisation.text
  JOIN step_bytes AS step ON step.checkpoint = checkpoint.id
  AND step.tokens = tpot.concurrency
