-- What is the geometric mean of AWQ's lead over NVFP4 across the shared concurrencies?
-- format: +.0%
SELECT
  exp(
    avg(
      ln(1 + value)
      ORDER BY concurrency
    )
  ) - 1 AS value,
  exp(
    avg(
      ln(1 + low)
      ORDER BY concurrency
    )
  ) - 1 AS low,
  exp(
    avg(
      ln(1 + high)
      ORDER BY concurrency
    )
  ) - 1 AS high,
  'ratio' AS unit,
  'rounding' AS interval_kind,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM lead
