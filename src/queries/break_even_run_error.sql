-- Where may the break-even lie if every throughput is off by up to the assumed error of a run?
-- format: .1f
SELECT
  quantity,
  axis,
  unnest(concurrency),
  'concurrency' AS unit,
  'assumed' AS interval_kind,
  sources
FROM break_even_estimate
WHERE basis = 'run_error'
