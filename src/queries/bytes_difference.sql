-- By how much do the bytes of a step of AWQ exceed those of NVFP4?
-- format: +.0%
SELECT
  a.tokens,
  unnest(exact(a.weights / b.weights - 1)),
  'ratio' AS unit,
  'none' AS interval_kind,
  merged(a.sources, b.sources) AS sources
FROM
  step_as_awq AS a
  JOIN step_as_awq AS b ON b.tokens = a.tokens
WHERE
  a.checkpoint_id = 'awq'
  AND b.checkpoint_id = 'nvfp4'
  AND a.tokens <= 32
