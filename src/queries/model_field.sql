-- Which numbers does the model’s config.json state?
-- format: .0f
SELECT
  field,
  unnest(exact(value)),
  '1' AS unit,
  'none' AS interval_kind,
  [{'source': source, 'place': place || ', ' || field}] AS sources
FROM
  model_config
  JOIN model ON model.id = model_config.model
WHERE value IS NOT NULL
