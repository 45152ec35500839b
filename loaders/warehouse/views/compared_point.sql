-- Which values of each series are compared with another's at the same offered load?
SELECT
  series,
  'system_throughput' AS metric,
  'c' || concurrency AS offered_load,
  * EXCLUDE (series, concurrency)
FROM system_point
UNION ALL
BY NAME
SELECT *
FROM latency_point
