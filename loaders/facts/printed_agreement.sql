-- At how many concurrencies does a printed number follow from the other printed numbers, within rounding?
-- format: .0f
SELECT
  relation,
  which,
  unnest(
    exact(
      CASE which
        WHEN 'all' THEN count(*)
        ELSE count(*) FILTER (agrees)
      END
    )
  ),
  'concurrencies' AS unit,
  'none' AS interval_kind,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM
  printed_check
  CROSS JOIN (
    VALUES
      ('all'),
      ('agree')
  ) AS counted (which)
GROUP BY
  relation,
  which
