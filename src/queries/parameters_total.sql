-- How many parameters has the model, in all and for one token?
-- format: .2f B
WITH
  counted AS (
    SELECT
      sum(
        parameters
        ORDER BY position
      ) FILTER (part = 'model') AS model,
      sum(
        parameters
        ORDER BY position
      ) FILTER (part IN ('model', 'mtp')) AS with_mtp,
      sum(
        parameters
        ORDER BY position
      ) AS with_mtp_embedding,
      sum(
        CASE component.reading
          WHEN 'always' THEN parameters
          WHEN 'uncounted' THEN parameters
          WHEN 'routed' THEN parameters * shape.experts_per_token / shape.experts
        END
        ORDER BY position
      ) FILTER (part = 'model') AS active,
      any_value(parameters) FILTER (component.name = 'lm_head') AS lm_head,
      any_value(component.sources) AS sources
    FROM
      model_component AS component
      JOIN model_shape AS shape ON shape.model = component.model
  )
SELECT
  total.which,
  unnest(exact(total.parameters / 1e9)),
  'billion parameters' AS unit,
  'none' AS interval_kind,
  sources
FROM
  counted
  CROSS JOIN LATERAL (
    VALUES
      ('model', model),
      ('with_mtp', with_mtp),
      ('with_mtp_embedding', with_mtp_embedding),
      ('active', active),
      ('active_without_head', active - lm_head)
  ) AS total (which, parameters)
