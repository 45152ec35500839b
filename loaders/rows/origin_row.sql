-- What do all runs of a series have in common?
SELECT
  series,
  field,
  any_value(text) AS text
FROM
  (
    SELECT
      series,
      1 AS position,
      'Client' AS field,
      tool AS text
    FROM run
    UNION ALL
    SELECT
      series,
      2,
      'Server version',
      coalesce(server_version, 'not stated')
    FROM run
    UNION ALL
    SELECT
      series,
      3,
      'Model',
      coalesce(model, 'not stated')
    FROM run
  )
GROUP BY
  series,
  position,
  field
HAVING
  count(DISTINCT text) = 1
ORDER BY
  series,
  position
