-- How many bytes does one GPU read in a decode step of each checkpoint, on as many GPUs and with as long requests as AWQ?
-- The KV cache is read once for each token of the step, at two bytes a value and the mean context.
SELECT
  step.checkpoint_id,
  step.tokens,
  step.gpus,
  fixed,
  routed,
  weights,
  context,
  kv_values,
  step.tokens * context * kv_values * 2 AS kv,
  weights + kv AS total,
  merged(step.sources, awq.sources) AS sources
FROM
  step_bytes AS step
  JOIN deployment AS awq ON awq.series = 'awq'
  AND awq.gpus = step.gpus
