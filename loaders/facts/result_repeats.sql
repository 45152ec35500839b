-- How many repeats has each measured point?
-- format: .0f
-- may be empty
SELECT
  run.series,
  run.offered_load,
  unnest(exact(count(*))),
  'runs' AS unit,
  'none' AS interval_kind,
  list_sort(list_distinct(list({'source': card.source, 'place': run.file}))) AS sources
FROM
  evidence_run AS run
  JOIN series AS card ON card.id = run.series
GROUP BY
  run.series,
  run.offered_load
