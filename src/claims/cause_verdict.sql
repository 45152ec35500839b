-- Is AWQ ahead of NVFP4, and does nothing but the claimed cause differ between them?
SELECT
  cause,
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
