-- How much of a step with MTP is neither a plain step nor its verification, if the stated acceptance rate held?
-- format: .1f ms
SELECT
  concurrency,
  unnest(difference(product(tpot, shifted(acceptance, 1)), verifying_step)),
  'ms' AS unit,
  'rounding' AS interval_kind,
  all_sources AS sources
FROM mtp_step
WHERE verifying_step IS NOT NULL
