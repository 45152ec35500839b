-- What kind of series is each one that has a page?
SELECT
  series.id AS series,
  role || CASE
    WHEN live THEN ', live'
    ELSE ''
  END AS kind
FROM
  series
  JOIN shown_series ON shown_series.series = series.id
ORDER BY series.rowid
