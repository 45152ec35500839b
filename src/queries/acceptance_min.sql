-- Above which acceptance rate in the benchmark is the residual not negative?
-- format: .1%
SELECT
  concurrency,
  unnest(shifted(ratio(verifying_step, tpot), -1)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources_with_doubled AS sources
FROM mtp_step
WHERE verifying_step IS NOT NULL
