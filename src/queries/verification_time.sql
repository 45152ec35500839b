-- How much longer than a plain step does verification take?
-- format: .1f ms
SELECT
  concurrency,
  unnest(difference(verifying_step, plain_step)),
  'ms' AS unit,
  'rounding' AS interval_kind,
  sources_with_doubled AS sources
FROM mtp_step
WHERE verifying_step IS NOT NULL
