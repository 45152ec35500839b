-- How many runs, requests and failures are behind each measured series, and how many runs are no evidence?
-- format: .0f
-- may be empty
SELECT
  series,
  which,
  unnest(
    exact(
      CASE which
        WHEN 'runs' THEN count(*) FILTER (
          complete
          AND failed < requests
        )
        WHEN 'cut_short' THEN count(*) FILTER (NOT complete)
        WHEN 'nothing_succeeded' THEN count(*) FILTER (
          complete
          AND failed >= requests
        )
        WHEN 'requests' THEN coalesce(sum(requests) FILTER (complete), 0)
        ELSE coalesce(sum(failed) FILTER (complete), 0)
      END
    )
  ),
  which AS unit,
  'none' AS interval_kind,
  list_sort(list_distinct(list({'source': card.source, 'place': run.file}))) AS sources
FROM
  run
  JOIN series AS card ON card.id = run.series
  CROSS JOIN (
    VALUES
      ('runs'),
      ('cut_short'),
      ('nothing_succeeded'),
      ('requests'),
      ('failed')
  ) AS counted (which)
GROUP BY
  series,
  which
