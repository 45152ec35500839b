-- Are there no results with one speculative token?
SELECT
  CASE
    WHEN value = 0 THEN 'holds'
    ELSE 'contradicted'
  END AS verdict
FROM metric_points
WHERE
  series = 'awq-mtp1'
  AND metric = 'system_throughput'
