-- Which values does the evidence print, and where?
SELECT
  series,
  metric AS quantity,
  concurrency,
  value,
  half_width,
  unit,
  source,
  place
FROM printed
UNION ALL
SELECT
  '',
  id,
  NULL,
  value,
  half_width,
  unit,
  source,
  place
FROM statement
