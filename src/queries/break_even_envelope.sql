-- Between which concurrencies does the break-even lie by every method, with rounding and with the assumed run error?
-- format: .1f
WITH
  estimate AS (
    SELECT
      'rounding' AS allowing,
      low,
      high,
      sources
    FROM break_even_method
    WHERE basis = 'printed_tpot'
    UNION ALL
    SELECT
      'run_error',
      low,
      high,
      sources
    FROM break_even_run_error
  )
SELECT
  allowing,
  which,
  unnest(
    exact(
      CASE which
        WHEN 'low' THEN min(low)
        ELSE max(high)
      END
    )
  ),
  'concurrency' AS unit,
  'none' AS interval_kind,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM
  estimate
  CROSS JOIN (
    VALUES
      ('low'),
      ('high')
  ) AS bound (which)
GROUP BY
  allowing,
  which
