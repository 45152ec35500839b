-- How many points lie above their ceiling, and how many beyond what rounding allows?
-- format: .0f
-- A point in two tables counts once.
SELECT
  ceiling,
  which,
  unnest(
    exact(
      CASE which
        WHEN 'all' THEN count(DISTINCT (concurrency, throughput, limit_throughput))
        WHEN 'alarms' THEN count(DISTINCT (concurrency, throughput, limit_throughput)) FILTER (share.value > 1)
        ELSE count(DISTINCT (concurrency, throughput, limit_throughput)) FILTER (share.low > 1)
      END
    )
  ),
  'points' AS unit,
  'none' AS interval_kind,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM
  ceiling_comparison
  CROSS JOIN (
    VALUES
      ('all'),
      ('alarms'),
      ('beyond_rounding')
  ) AS counted (which)
GROUP BY
  ceiling,
  which
