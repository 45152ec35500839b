-- Above which acceptance rate in the benchmark is the residual negative at no concurrency?
-- format: .1%
SELECT
  max(value) AS value,
  max(low) AS low,
  max(high) AS high,
  'ratio' AS unit,
  'rounding' AS interval_kind,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM acceptance_min
