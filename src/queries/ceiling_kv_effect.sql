-- By how much do the KV reads lower the ceiling?
-- format: +.1%
SELECT
  checkpoint_id,
  tokens,
  unnest(exact(weights / total - 1)),
  'ratio' AS unit,
  'none' AS interval_kind,
  sources
FROM step_as_awq
WHERE tokens <= 32
