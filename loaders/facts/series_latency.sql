-- How much longer is a median latency of one series than that of another, at each offered load both have?
-- format: +.1%
-- may be empty
SELECT
  series,
  baseline,
  metric,
  offered_load,
  unnest(shifted(quantity, -1)),
  'ratio' AS unit,
  interval_kind,
  sources
FROM point_ratio
WHERE metric <> 'system_throughput'
