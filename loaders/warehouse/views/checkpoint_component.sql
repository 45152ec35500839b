-- In how many bits does each checkpoint hold each component in memory and on disk, and is it whole on every GPU?
SELECT
  model_checkpoint.id AS checkpoint_id,
  model_checkpoint.includes_draft,
  component.position,
  component.name,
  component.part,
  component.reading,
  component.parameters,
  CASE
    WHEN component.module = 'gate' THEN gate_bits
    WHEN component.module = 'eh_proj' THEN draft_projection_bits
    WHEN unconverted.module IS NOT NULL THEN unconverted_bits
    ELSE bits + coalesce((scale_bits + zero_bits) / group_size, 0)
  END AS bits,
  CASE
    WHEN component.module IN ('gate', 'eh_proj')
    OR unconverted.module IS NOT NULL THEN unconverted_bits
    ELSE bits + coalesce((scale_bits + zero_bits) / group_size, 0)
  END AS disk_bits,
  CASE component.module
    WHEN 'gate' THEN gate_replicated
    WHEN 'eh_proj' THEN draft_projection_replicated
    ELSE component.whole
  END AS replicated,
  merged(component.sources, [{'source': model_checkpoint.source, 'place': model_checkpoint.place}]) AS sources
FROM
  model_checkpoint
  JOIN model_component AS component ON component.model = model_checkpoint.model
  LEFT JOIN unconverted_module AS unconverted ON unconverted.checkpoint_id = model_checkpoint.id
  AND unconverted.module = component.module
WHERE component.reading <> 'uncounted'
