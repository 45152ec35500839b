-- What does each load of each series warn of, as a table lists it?
SELECT
  series,
  code,
  placed_load.load,
  axis,
  message
FROM
  shown_warning
  JOIN placed_load ON placed_load.offered_load = shown_warning.load
  AND place = 'warnings.' || series
ORDER BY position
