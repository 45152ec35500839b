-- How many experts of a layer does a step touch, if routing is uniform and independent?
-- format: .1f
SELECT
  tokens,
  unnest(exact(distinct_experts)),
  'experts' AS unit,
  'none' AS interval_kind,
  sources
FROM step_tokens
