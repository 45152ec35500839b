-- What does each load of each series warn of, with equal warnings of repeats in one row?
SELECT
  row_number() OVER (
    ORDER BY
      series,
      code,
      concurrency,
      request_rate,
      offered_load,
      min(repeat),
      min(started),
      message
  ) AS position,
  series,
  code,
  offered_load AS load,
  message
FROM
  run_warning
  JOIN run ON run.id = run_warning.run
GROUP BY
  series,
  code,
  concurrency,
  request_rate,
  offered_load,
  message
