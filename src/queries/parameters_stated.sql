-- How many parameters, and how many GiB per GPU, do others state?
-- format: .0f
SELECT
  id,
  unnest(exact(value)),
  unit,
  'none' AS interval_kind,
  CASE unit
    WHEN 'GiB' THEN '.2f GiB'
    ELSE '.0f B'
  END AS format,
  [{'source': source, 'place': place}] AS sources
FROM model_stated
