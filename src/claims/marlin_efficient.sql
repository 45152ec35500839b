-- Does the evidence time a kernel, or hold a pair of series that differs in the kernel alone?
SELECT
  CASE
    WHEN timed.value = 0
    AND pairs.value = 0 THEN 'not-supported'
    ELSE 'holds'
  END AS verdict
FROM
  measured AS timed
  CROSS JOIN controlled_pairs AS pairs
WHERE
  timed.what = 'kernel_time'
  AND pairs.field = 'kernel'
