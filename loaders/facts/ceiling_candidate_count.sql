-- How many candidate explanations does a point have, and how many would explain it alone?
-- format: .0f
SELECT
  ceiling,
  series,
  which,
  concurrency,
  unnest(
    exact(
      CASE which
        WHEN 'all' THEN count(*)
        ELSE count(*) FILTER (explains)
      END
    )
  ),
  'candidates' AS unit,
  'none' AS interval_kind,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM
  ceiling_explanation
  CROSS JOIN (
    VALUES
      ('all'),
      ('sufficient')
  ) AS counted (which)
GROUP BY
  ceiling,
  series,
  concurrency,
  which
