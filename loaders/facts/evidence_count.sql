-- How many series, points and printed values does the evidence hold?
-- format: .0f
WITH
  counted AS (
    SELECT
      'series' AS what,
      count(*) AS n
    FROM series
    WHERE role = 'published'
    UNION ALL
    SELECT
      'later_series',
      count(*)
    FROM series
    WHERE role = 'later'
    UNION ALL
    SELECT
      'points',
      count(DISTINCT (series, concurrency))
    FROM point
    UNION ALL
    SELECT
      'values',
      count(*)
    FROM printed
  )
SELECT
  what,
  unnest(exact(n)),
  '1' AS unit,
  'none' AS interval_kind,
  [] AS sources
FROM counted
