-- Does the stated rate round to the repeated one?
SELECT
  CASE
    WHEN round(value) = 76 THEN 'holds'
    ELSE 'contradicted'
  END AS verdict
FROM stated_value
WHERE id = 'acceptance_rate'
