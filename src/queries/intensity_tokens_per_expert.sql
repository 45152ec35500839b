-- How many tokens does an expert that is read serve in a step?
-- format: .1f tokens
SELECT
  tokens,
  unnest(exact(tokens * experts_per_token / distinct_experts)),
  'tokens' AS unit,
  'none' AS interval_kind,
  sources
FROM step_tokens
WHERE tokens <= 32
