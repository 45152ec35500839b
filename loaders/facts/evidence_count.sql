-- How many series, points and printed values does the evidence hold, by the role of their series?
-- format: .0f
WITH
  value AS (
    SELECT
      series.role,
      printed.series,
      printed.concurrency,
      printed.role = 'measured' AS measured
    FROM
      printed
      JOIN series ON series.id = printed.series
  ),
  counted AS (
    SELECT
      role,
      count(DISTINCT series) AS series,
      count(DISTINCT (series, concurrency)) FILTER (measured) AS points,
      count(*) AS "values"
    FROM value
    WHERE role IN ('published', 'later')
    GROUP BY role
  )
SELECT
  role,
  what,
  unnest(exact(n)),
  '1' AS unit,
  'none' AS interval_kind,
  [] AS sources
FROM counted
UNPIVOT (n FOR what IN (series, points, "values"))
