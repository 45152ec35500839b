-- How far is AWQ ahead of NVFP4 in the rerun with one client?
-- format: +.0%
SELECT
  concurrency,
  unnest(shifted(quantity, -1)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources
FROM later_lead
WHERE measure = 'rerun'
