-- At how many concurrencies does MTP lengthen the median time to first token, beyond rounding?
-- format: .0f
SELECT
  which,
  unnest(
    exact(
      CASE which
        WHEN 'all' THEN count(*)
        ELSE count(*) FILTER (low > 0)
      END
    )
  ),
  'concurrencies' AS unit,
  'none' AS interval_kind,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM
  ttft_change
  CROSS JOIN (
    VALUES
      ('all'),
      ('worse')
  ) AS counted (which)
GROUP BY which
