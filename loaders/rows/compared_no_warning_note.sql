-- For which two series do the runs have no warnings at the loads that both have, and whose files are they?
SELECT
  pair.series,
  pair.baseline,
  no_warnings(clients(bool_and(tool = 'benchbook'), bool_or(tool = 'benchbook'))) || ' at the loads that both have.' AS text
FROM
  (
    SELECT DISTINCT
      series,
      baseline,
      offered_load
    FROM point_ratio
  ) AS pair
  JOIN run ON run.series IN (pair.series, pair.baseline)
  AND run.offered_load = pair.offered_load
WHERE
  NOT EXISTS (
    FROM compared_warning AS warning
    WHERE
      warning.series = pair.series
      AND warning.baseline = pair.baseline
  )
GROUP BY
  pair.series,
  pair.baseline
