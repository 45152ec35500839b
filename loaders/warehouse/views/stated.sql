-- Which numbers does a source state in its prose?
SELECT
  id,
  quantity(value, half_width) AS quantity,
  unit,
  CASE
    WHEN half_width = 0 THEN '.0f'
    ELSE '.' || round(- log10(2 * half_width))::INTEGER || 'f'
  END || CASE
    WHEN unit = '1' THEN ''
    ELSE ' ' || unit
  END AS format,
  quote,
  [{'source': source, 'place': place}] AS sources
FROM statement
