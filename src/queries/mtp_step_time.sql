-- How long is a step with MTP, if the stated acceptance rate held?
-- format: .1f ms
SELECT
  concurrency,
  unnest(product(tpot, shifted(acceptance, 1))),
  'ms' AS unit,
  'rounding' AS interval_kind,
  sources_with_acceptance AS sources
FROM mtp_step
