-- Does the evidence time a kernel?
SELECT
  CASE
    WHEN value = 0 THEN 'not-supported'
    ELSE 'holds'
  END AS verdict
FROM measured
WHERE what = 'kernel_time'
