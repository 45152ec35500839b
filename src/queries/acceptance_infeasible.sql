-- Above which acceptance rate in the benchmark would no acceptance at all break even, where there is one?
-- format: .1%
SELECT
  concurrency,
  unnest(shifted(scaled(speedup, 2), -1)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources
FROM mtp_step
WHERE speedup.value <= 1
