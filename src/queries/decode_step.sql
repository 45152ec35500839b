-- How long was each measured decode step without speculation, and how many bytes did a GPU read in it?
SELECT
  tpot.series,
  tpot.concurrency,
  tpot.quantity AS milliseconds,
  step.checkpoint_id,
  step.gpus,
  step.weights,
  merged(tpot.sources, merged(step.sources, deployment.sources)) AS sources
FROM
  median_tpot AS tpot
  JOIN assumed_deployment AS deployment ON deployment.series = tpot.series
  AND deployment.tokens_per_request = 1
  JOIN step_bytes AS step ON step.checkpoint_id = deployment.checkpoint_id
  AND step.gpus = deployment.gpus
  AND step.tokens = tpot.concurrency
