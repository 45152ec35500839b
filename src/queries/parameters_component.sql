-- How many parameters has each component of the model?
-- format: .2f B
SELECT
  replace(name, 'draft_', 'mtp_') AS component,
  unnest(
    exact(
      parameters / CASE
        WHEN parameters < 1e9 THEN 1e6
        ELSE 1e9
      END
    )
  ),
  CASE
    WHEN parameters < 1e9 THEN 'million parameters'
    ELSE 'billion parameters'
  END AS unit,
  'none' AS interval_kind,
  CASE
    WHEN parameters < 1e9 THEN '.1f M'
    ELSE '.2f B'
  END AS format,
  sources
FROM model_component
