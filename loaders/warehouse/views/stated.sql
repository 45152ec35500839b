-- Which numbers does a source state in its prose?
SELECT
  id,
  quantity(value, half_width) AS quantity,
  unit,
  quote,
  [{'source': source, 'place': place}] AS sources
FROM statement
