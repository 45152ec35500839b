-- Is AWQ ahead, and does nothing but the software differ?
SELECT
  CASE
    WHEN NOT (
      SELECT bool_and(low > 0)
      FROM lead
    ) THEN 'contradicted'
    WHEN value > 0 THEN 'confounded'
    ELSE 'holds'
  END AS verdict
FROM confounders
WHERE
  series = 'awq'
  AND baseline = 'nvfp4'
  AND cause = 'kernel'
