-- Which numbers does a source state in its prose, with the interval of their rounding?
-- format: .0f
SELECT
  id,
  unnest(quantity),
  unit,
  format,
  CASE
    WHEN quantity.low = quantity.high THEN 'none'
    ELSE 'rounding'
  END AS interval_kind,
  sources
FROM stated
