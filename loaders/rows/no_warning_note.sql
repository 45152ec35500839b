-- Which series have result files and no warnings, and whose files are they?
SELECT
  series,
  no_warnings(clients(bool_and(tool = 'benchbook'), bool_or(tool = 'benchbook'))) || '.' AS text
FROM run
WHERE
  series NOT IN (
    SELECT series
    FROM shown_warning
  )
GROUP BY series
