-- By which factor does the line let the step of AWQ grow when its tokens double?
-- format: .2f
SELECT
  a.tokens,
  unnest(
    exact(
      (line.intercept.value + line.slope.value * b.weights / 1e9) / (line.intercept.value + line.slope.value * a.weights / 1e9)
    )
  ),
  'ratio' AS unit,
  'none' AS interval_kind,
  line.sources
FROM
  step_line AS line
  JOIN step_bytes AS a ON a.checkpoint_id = 'awq'
  JOIN step_bytes AS b ON b.checkpoint_id = 'awq'
  AND b.tokens = 2 * a.tokens
WHERE
  line.series = 'awq'
  AND b.tokens <= 32
