-- How large is that residual on average, at least and at most, over the concurrencies?
-- format: .1f ms
SELECT
  which,
  unnest(
    CASE which
      WHEN 'min' THEN bounded(min(value), min(low), min(high))
      WHEN 'max' THEN bounded(max(value), max(low), max(high))
      ELSE bounded(
        sum(
          value
          ORDER BY concurrency
        ) / count(*),
        sum(
          low
          ORDER BY concurrency
        ) / count(*),
        sum(
          high
          ORDER BY concurrency
        ) / count(*)
      )
    END
  ),
  'ms' AS unit,
  'rounding' AS interval_kind,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM
  residual_step_time
  CROSS JOIN (
    VALUES
      ('min'),
      ('mean'),
      ('max')
  ) AS statistic (which)
GROUP BY which
