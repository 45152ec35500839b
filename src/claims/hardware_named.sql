-- Does the card of AWQ name the variant and the power limit of its GPU?
SELECT
  CASE
    WHEN value > 0 THEN 'not-testable'
    ELSE 'holds'
  END AS verdict
FROM not_stated
WHERE
  series = 'awq'
  AND topic = 'hardware'
