-- How many parameters has each model, in all and for one token?
SELECT
  component.model,
  sum(
    parameters
    ORDER BY position
  ) FILTER (part = 'model') AS model_only,
  sum(
    parameters
    ORDER BY position
  ) FILTER (part IN ('model', 'draft')) AS with_draft,
  sum(
    parameters
    ORDER BY position
  ) AS with_draft_embedding,
  sum(
    CASE component.reading
      WHEN 'always' THEN parameters
      WHEN 'uncounted' THEN parameters
      WHEN 'routed' THEN parameters * shape.experts_per_token / shape.experts
    END
    ORDER BY position
  ) FILTER (part = 'model') AS active,
  active - any_value(parameters) FILTER (component.name = 'lm_head') AS active_without_head,
  any_value(component.sources) AS sources
FROM
  model_component AS component
  JOIN model_shape AS shape ON shape.model = component.model
GROUP BY component.model
