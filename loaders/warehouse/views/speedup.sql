-- How many times as high as another's is the system throughput of a series, at each concurrency both have?
SELECT
  series,
  baseline,
  concurrency,
  ratio(quantity, baseline_quantity) AS quantity,
  sources
FROM point_pair
WHERE metric = 'system_throughput'
