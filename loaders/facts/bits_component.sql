-- In how many bits per parameter does each checkpoint hold each component in memory?
-- format: .3f bits
SELECT
  checkpoint_id,
  name AS component,
  unnest(exact(bits)),
  'bits' AS unit,
  'none' AS interval_kind,
  CASE
    WHEN bits = round(bits) THEN '.0f bits'
    ELSE '.3f bits'
  END AS format,
  sources
FROM checkpoint_component
WHERE part = 'model'
