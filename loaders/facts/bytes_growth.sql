-- By which factor do the bytes of a step grow when its tokens double?
-- format: .2f
SELECT
  a.checkpoint_id,
  a.tokens,
  unnest(exact(b.weights / a.weights)),
  'ratio' AS unit,
  'none' AS interval_kind,
  merged(a.sources, b.sources) AS sources
FROM
  step_bytes AS a
  JOIN step_bytes AS b ON b.checkpoint_id = a.checkpoint_id
  AND b.tokens = 2 * a.tokens
WHERE b.tokens <= 32
