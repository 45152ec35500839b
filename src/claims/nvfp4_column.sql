-- Does the source print what the throughput of NVFP4 was computed from?
SELECT
  CASE
    WHEN value = 0 THEN 'not-testable'
    ELSE 'holds'
  END AS verdict
FROM metric_points
WHERE
  series = 'nvfp4'
  AND metric = 'tpot_median'
