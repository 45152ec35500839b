-- How many times as high as another's is the system throughput of a series at the same concurrency?
SELECT
  series,
  baseline,
  substr(offered_load, 2)::INTEGER AS concurrency,
  quantity,
  interval_kind,
  sources
FROM point_ratio
WHERE metric = 'system_throughput'
