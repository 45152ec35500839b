-- How many times the system throughput of one series is that of another at the same concurrency?
SELECT
  series,
  baseline,
  substr(offered_load, 2)::INTEGER AS concurrency,
  quantity,
  interval_kind,
  sources
FROM point_ratio
WHERE metric = 'system_throughput'
