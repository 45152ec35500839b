-- Which numbers do sources state of each GPU?
-- format: .0f
SELECT
  hardware,
  field,
  unnest(exact(value)),
  unit,
  'none' AS interval_kind,
  CASE
    WHEN value = round(value) THEN '.0f '
    WHEN round(value, 1) = value THEN '.1f '
    ELSE '.2f '
  END || unit AS format,
  [{'source': source, 'place': place}] AS sources
FROM hardware_spec
