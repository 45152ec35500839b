-- Does the card of each series state all that belongs to a topic?
SELECT
  series,
  topic,
  CASE
    WHEN value > 0 THEN 'not-testable'
    ELSE 'holds'
  END AS verdict
FROM not_stated
