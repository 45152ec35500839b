-- How many times as fast would MTP be at most, if every draft were accepted at that cost of a step?
-- format: .3f
SELECT
  concurrency,
  unnest(ratio(exact(2), bounded(value, low, high))),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources
FROM mtp_cost_ratio
WHERE basis = 'rate'
