-- How far does each measured step lie from the line?
-- format: +.2f ms
SELECT
  step.series,
  step.concurrency,
  unnest(exact(milliseconds.value - line.intercept.value - line.slope.value * weights / 1e9)),
  'ms' AS unit,
  'none' AS interval_kind,
  merged(step.sources, line.sources) AS sources
FROM
  decode_step AS step
  JOIN step_line AS line ON line.series = step.series
