-- How many runs, with how many requests and failures, are behind each measured series, and how many runs are no evidence?
-- format: .0f
-- may be empty
SELECT
  series,
  which,
  unnest(
    exact(
      CASE which
        WHEN 'runs' THEN count(*) FILTER (standing = 'evidence')
        WHEN 'requests' THEN coalesce(sum(requests) FILTER (standing = 'evidence'), 0)
        WHEN 'failed' THEN coalesce(sum(failed) FILTER (standing = 'evidence'), 0)
        ELSE count(*) FILTER (replace(standing, ' ', '_') = which)
      END
    )
  ),
  unit,
  'none' AS interval_kind,
  list_sort(list_distinct(list({'source': card.source, 'place': run.file}))) AS sources
FROM
  run_standing AS run
  JOIN series AS card ON card.id = run.series
  CROSS JOIN (
    VALUES
      ('runs', 'runs'),
      ('cut_short', 'runs'),
      ('no_request_succeeded', 'runs'),
      ('requests', 'requests'),
      ('failed', 'requests')
  ) AS counted (which, unit)
GROUP BY
  series,
  which,
  unit
