-- Over how many runs is the mean of each measured point, under the definition named?
-- format: .0f
-- may be empty
SELECT
  series,
  semantics,
  metric,
  offered_load,
  unnest(exact(repeated.repeats)),
  'runs' AS unit,
  'none' AS interval_kind,
  repeated.sources
FROM
  result_point
  JOIN repeated USING (series, semantics, metric, offered_load)
