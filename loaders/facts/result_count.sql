-- How many runs, with how many requests and failures, are behind each measured series, and how many runs are no evidence?
-- format: .0f
-- may be empty
WITH
  judged AS (
    SELECT
      run.*,
      run.id IN (
        SELECT id
        FROM evidence_run
      ) AS is_evidence
    FROM run
  )
SELECT
  series,
  which,
  unnest(
    exact(
      CASE which
        WHEN 'runs' THEN count(*) FILTER (is_evidence)
        WHEN 'cut_short' THEN count(*) FILTER (NOT complete)
        WHEN 'nothing_succeeded' THEN count(*) FILTER (
          complete
          AND NOT is_evidence
        )
        WHEN 'requests' THEN coalesce(sum(requests) FILTER (is_evidence), 0)
        ELSE coalesce(sum(failed) FILTER (is_evidence), 0)
      END
    )
  ),
  unit,
  'none' AS interval_kind,
  list_sort(list_distinct(list({'source': card.source, 'place': judged.file}))) AS sources
FROM
  judged
  JOIN series AS card ON card.id = judged.series
  CROSS JOIN (
    VALUES
      ('runs', 'runs'),
      ('cut_short', 'runs'),
      ('nothing_succeeded', 'runs'),
      ('requests', 'requests'),
      ('failed', 'requests')
  ) AS counted (which, unit)
GROUP BY
  series,
  which,
  unit
