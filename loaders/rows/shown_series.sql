-- Which series have a page: those with points, with results, or with flags to measure them?
SELECT id AS series
FROM series
WHERE
  live
  OR id IN (
    SELECT series
    FROM printed
    WHERE role = 'measured'
    UNION
    SELECT series
    FROM run
  )
