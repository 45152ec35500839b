-- How many bytes of each component does one GPU read in a decode step, by the GPUs that share the checkpoint and the tokens in the step?
-- The numbers of GPUs are those on the cards.
SELECT
  stored.checkpoint_id,
  parallel.gpus,
  step.tokens,
  stored.position,
  stored.name,
  stored.part,
  stored.reading,
  stored.parameters * stored.bits / 8 / CASE
    WHEN stored.replicated THEN 1
    ELSE parallel.gpus
  END * CASE stored.reading
    WHEN 'routed' THEN step.distinct_experts / step.experts
    ELSE 1
  END AS bytes,
  merged(stored.sources, step.sources) AS sources
FROM
  checkpoint_component AS stored
  JOIN model_checkpoint ON model_checkpoint.id = stored.checkpoint_id
  JOIN step_tokens AS step ON step.model = model_checkpoint.model
  CROSS JOIN (
    SELECT DISTINCT
      number AS gpus
    FROM stated_setting
    WHERE
      field = 'tensor_parallel_size'
      AND number IS NOT NULL
  ) AS parallel
WHERE
  stored.reading <> 'lookup'
  AND stored.checkpoint_id NOT IN (
    SELECT checkpoint_id
    FROM checkpoint_lack
  )
