-- Which numbers do sources state of each GPU?
-- format: .0f
SELECT
  hardware,
  field,
  unnest(exact(value)),
  regexp_extract(field, '_([a-z_]+)$', 1) AS unit,
  'none' AS interval_kind,
  CASE
    WHEN value = round(value) THEN '.0f'
    ELSE '.' || CASE
      WHEN round(value, 1) = value THEN '1'
      ELSE '2'
    END || 'f'
  END AS format,
  [{'source': source, 'place': place}] AS sources
FROM hardware_spec
