-- Which sources does the evidence have, and what is known about each?
SELECT
  id,
  kind,
  author,
  coalesce(date, 'not stated') AS date,
  note
FROM source
