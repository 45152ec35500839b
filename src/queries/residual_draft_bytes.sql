-- How many bytes of the draft layer does one GPU read in a step with MTP?
-- format: .2f GB
SELECT
  tokens // 2 AS concurrency,
  unnest(exact(layer_bytes / 1e9)),
  'GB' AS unit,
  'none' AS interval_kind,
  sources
FROM mtp_step_bytes
WHERE tokens > 1
