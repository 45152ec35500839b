-- What do the runs of two series warn of, at the loads that both have?
SELECT
  pair.series,
  pair.baseline,
  label,
  warning.position,
  code,
  load,
  message
FROM
  (
    SELECT DISTINCT
      series,
      baseline,
      offered_load
    FROM point_ratio
  ) AS pair
  JOIN shown_warning AS warning ON warning.load = pair.offered_load
  AND warning.series IN (pair.series, pair.baseline)
  JOIN series AS card ON card.id = warning.series
