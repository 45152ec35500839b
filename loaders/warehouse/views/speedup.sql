-- How many times the system throughput of one series is that of another, at each concurrency both have?
SELECT
  series,
  baseline,
  concurrency,
  ratio(quantity, baseline_quantity) AS quantity,
  sources
FROM point_pair
WHERE metric = 'system_throughput'
