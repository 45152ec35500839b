-- Which sources has the evidence, and what is known of each?
SELECT
  id,
  kind,
  author,
  coalesce(date, 'not stated') AS date,
  note
FROM source
