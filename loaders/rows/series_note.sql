-- What does the page of a series say first: whether it is simulated, where it is from, what it is not compared with, what its points rest on?
WITH
  dated AS (
    SELECT
      series,
      count(*) AS runs,
      count(*) FILTER (live) AS live_runs,
      written_span(
        written_date(arg_min(started, started_at(started))),
        written_date(arg_max(started, started_at(started)))
      ) AS span,
      written_span(
        written_date(arg_min(started, started_at(started)) FILTER (live)),
        written_date(arg_max(started, started_at(started)) FILTER (live))
      ) AS live_span,
      written_span(
        written_date(arg_min(started, started_at(started)) FILTER (NOT live)),
        written_date(arg_max(started, started_at(started)) FILTER (NOT live))
      ) AS other_span
    FROM run
    GROUP BY series
  ),
  origin AS (
    SELECT
      card.id AS series,
      '`npm run refresh -- --series ' || card.id || '`' AS refresh,
      'files under `data/results/' || card.id || '`, ' || card.role || dated.span AS files,
      CASE
        WHEN card.role = 'published' THEN 'Points as the published benchmark prints them.'
        WHEN card.role = 'later' THEN 'Points that were published later, as printed.'
        WHEN runs IS NULL THEN 'A live series that has not been measured yet. Set `VLLM_BASE_URL` and run ' || refresh || '.'
        WHEN NOT card.live THEN 'Result ' || files || '.'
        WHEN live_runs = 0 THEN 'A live series without a sweep of its own: result ' || files || '. ' || refresh || ' measures it.'
        ELSE CASE
          WHEN live_build.is_measured THEN 'Measured live by the build that made this page,'
          ELSE 'Measured live by this report’s own loader, and read from its cache' || coalesce(', which was ' || live_build.age || ' when this page was built on ' || live_build.day, '') || ': measured'
        END || live_span || '.' || CASE
          WHEN live_build.is_stale THEN ' The card has been changed since: these runs were measured under other flags than it names now.'
          ELSE ''
        END || CASE runs - live_runs
          WHEN 0 THEN ''
          WHEN 1 THEN ' Beside that sweep there is 1 other run'
          ELSE ' Beside that sweep there are ' || (runs - live_runs) || ' other runs'
        END || CASE
          WHEN runs = live_runs THEN ''
          WHEN other_span = '' THEN '.'
          ELSE ', ' || card.role || other_span || '.'
        END || ' ' || refresh || ' measures it again.'
      END AS text
    FROM
      series AS card
      LEFT JOIN dated ON dated.series = card.id
      LEFT JOIN live_build ON live_build.series = card.id
  )
SELECT
  series,
  text
FROM
  (
    SELECT
      id AS series,
      1 AS position,
      '<p class="note"><strong>Simulated.</strong> A simulator gave these numbers, not a GPU; no finding uses them.</p>' AS text
    FROM series
    WHERE role = 'simulated'
    UNION ALL
    SELECT
      series,
      2,
      text
    FROM origin
    UNION ALL
    SELECT
      id,
      3,
      html_text(incomparable) || ' No lead is taken over it.'
    FROM series
    WHERE incomparable IS NOT NULL
    UNION ALL
    SELECT
      series,
      4,
      text
    FROM run_count_note
  )
ORDER BY
  series,
  position
