-- What do the runs of two series warn of at the loads that both have, as a table lists it?
SELECT
  series,
  baseline,
  label,
  code,
  placed_load.load,
  axis,
  message
FROM
  compared_warning AS warning
  JOIN placed_load ON placed_load.offered_load = warning.load
  AND place = 'warnings.' || series || '.' || baseline
ORDER BY
  series,
  baseline,
  position
