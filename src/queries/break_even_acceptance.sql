-- Above which acceptance rate would MTP break even, if the stated acceptance held and a step cost the same?
-- format: .1%
SELECT
  basis,
  concurrency,
  unnest(shifted(bounded(value, low, high), -1)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources
FROM mtp_cost_ratio
