-- Which line runs through the step times of each series against the gigabytes read?
-- format: .2f ms
WITH
  residual AS (
    SELECT
      step.series,
      max(abs(milliseconds.value - line.intercept.value - line.slope.value * weights / 1e9)) AS largest,
      any_value(
        milliseconds
        ORDER BY concurrency
      ) AS first_step
    FROM
      decode_step AS step
      JOIN step_line AS line ON line.series = step.series
    GROUP BY step.series
  )
SELECT
  line.series,
  part.name AS part,
  unnest(part.quantity),
  part.unit,
  part.kind AS interval_kind,
  part.format,
  sources
FROM
  step_line AS line
  JOIN residual ON residual.series = line.series
  CROSS JOIN LATERAL (
    VALUES
      ('intercept', line.intercept, 'ms', 'rounding', '.1f ms'),
      ('slope', line.slope, 'ms/GB', 'rounding', '.3f ms/GB'),
      ('rate', ratio(exact(1000), line.slope), 'GB/s', 'rounding', '.0f GB/s'),
      ('fixed_share', ratio(line.intercept, residual.first_step), 'ratio', 'rounding', '.0%'),
      ('largest_residual', exact(residual.largest), 'ms', 'none', '.2f ms'),
      ('degrees_of_freedom', exact(line.points - 2), '1', 'none', '.0f')
  ) AS part (name, quantity, unit, kind, format)
