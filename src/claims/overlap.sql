-- Is there an excess over the memory bound, which overlap cannot explain?
SELECT
  CASE
    WHEN low > 0 THEN 'contradicted'
    ELSE 'not-supported'
  END AS verdict
FROM over_ceiling
WHERE series = 'awq'
