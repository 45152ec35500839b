-- How many times the bytes of a plain step does a verifying step read, under uniform routing?
-- format: .2f
SELECT
  plain.tokens AS concurrency,
  unnest(exact(verifying.model_bytes / plain.model_bytes)),
  'ratio' AS unit,
  'none' AS interval_kind,
  plain.sources
FROM
  mtp_step_bytes AS plain
  JOIN mtp_step_bytes AS verifying ON verifying.tokens = 2 * plain.tokens
