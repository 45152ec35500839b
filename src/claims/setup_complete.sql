-- Does the card of AWQ state all that decides how a run went?
SELECT
  CASE
    WHEN value > 0 THEN 'not-testable'
    ELSE 'holds'
  END AS verdict
FROM not_stated
WHERE
  series = 'awq'
  AND topic = 'protocol'
