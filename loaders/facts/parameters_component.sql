-- How many parameters has each component of the model?
-- format: .2f B
SELECT
  name AS component,
  unnest(exact(parameters / 1e9)),
  'billion parameters' AS unit,
  'none' AS interval_kind,
  CASE
    WHEN parameters < 1e9 THEN '.4f B'
    ELSE '.2f B'
  END AS format,
  sources
FROM model_component
