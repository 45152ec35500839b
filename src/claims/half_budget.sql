-- Is NVFP4's token budget half of AWQ's?
SELECT
  CASE
    WHEN value = 2 THEN 'holds'
    ELSE 'contradicted'
  END AS verdict
FROM budget_ratio
