-- How many bytes of each component does one GPU read in a decode step, by tokens in the step?
SELECT
  stored.checkpoint_id,
  step.tokens,
  stored.position,
  stored.name,
  stored.part,
  stored.reading,
  stored.parameters * stored.bits / 8 / CASE
    WHEN stored.replicated THEN 1
    ELSE step.gpus
  END * CASE stored.reading
    WHEN 'routed' THEN step.distinct_experts / step.experts
    ELSE 1
  END AS bytes,
  merged(stored.sources, step.sources) AS sources
FROM
  checkpoint_component AS stored
  CROSS JOIN step_tokens AS step
WHERE stored.reading <> 'lookup'
