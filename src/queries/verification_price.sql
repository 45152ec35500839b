-- How many times as long as a plain step does verification take, read off the rows at twice the concurrency?
-- format: .2f
SELECT
  concurrency,
  unnest(ratio(verifying_step, plain_step)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources_with_doubled AS sources
FROM mtp_step
WHERE verifying_step IS NOT NULL
