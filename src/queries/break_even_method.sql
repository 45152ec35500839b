-- At which concurrency does MTP break even, by each quantity and axis along which one can interpolate?
-- format: .2f
SELECT
  basis,
  quantity,
  axis,
  unnest(concurrency),
  'concurrency' AS unit,
  'rounding' AS interval_kind,
  sources
FROM break_even_estimate
WHERE basis <> 'run_error'
