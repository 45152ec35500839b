-- At how many concurrencies were two series both measured, and at how many is the first the faster?
-- format: .0f
SELECT
  series,
  baseline,
  which,
  unnest(
    exact(
      CASE which
        WHEN 'all' THEN count(*)
        ELSE count(*) FILTER (quantity.low > 1)
      END
    )
  ),
  'concurrencies' AS unit,
  'none' AS interval_kind,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM
  speedup
  CROSS JOIN (
    VALUES
      ('all'),
      ('faster')
  ) AS counted (which)
WHERE (series, baseline) IN (('awq', 'nvfp4'), ('awq', 'awq-mtp1'), ('awq-mtp1', 'awq'), ('awq-rerun', 'nvfp4-rerun'))
GROUP BY
  series,
  baseline,
  which
