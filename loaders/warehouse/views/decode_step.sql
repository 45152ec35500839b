-- How long was each measured decode step without speculation, and how many bytes did a GPU read in it?
SELECT
  tpot.series,
  tpot.concurrency,
  {'value': tpot.value, 'low': tpot.low, 'high': tpot.high} AS milliseconds,
  step.checkpoint_id,
  step.weights,
  merged(merged(tpot.sources, step.sources), [{'source': card.source, 'place': card.place}]) AS sources
FROM
  tpot
  JOIN series AS card ON card.id = tpot.series
  JOIN setting AS quantisation ON quantisation.series = tpot.series
  AND quantisation.field = 'quantisation'
  JOIN setting AS speculation ON speculation.series = tpot.series
  AND speculation.field = 'num_speculative_tokens'
  AND speculation.number = 0
  JOIN model_checkpoint ON model_checkpoint.quantisation = quantisation.text
  JOIN step_bytes AS step ON step.checkpoint_id = model_checkpoint.id
  AND step.tokens = tpot.concurrency
