-- From which acceptance rate in the benchmark on is the residual not negative at any concurrency?
-- format: .1%
SELECT
  max(value) AS value,
  max(low) AS low,
  max(high) AS high,
  'ratio' AS unit,
  'rounding' AS interval_kind,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM acceptance_min
