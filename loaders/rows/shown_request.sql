-- When did the requests of one run of each series begin, answer and end, in seconds?
-- The run is the first at the highest load that is evidence. Of a long run, the first 64 requests are shown. When a
-- failed request ended is not always known.
SELECT
  run,
  request,
  start_ms / 1000 AS start,
  first_chunk_ms / 1000 AS first,
  coalesce(last_chunk_ms, end_ms) / 1000 AS end,
  failure IS NOT NULL AS failed
FROM
  request
  JOIN (
    SELECT
      first(
        id
        ORDER BY
          concurrency DESC NULLS LAST,
          request_rate DESC NULLS LAST,
          started,
          id
      ) AS id
    FROM evidence_run
    WHERE
      clock = 'run'
      AND requests_kept > 0
    GROUP BY series
  ) AS shown ON shown.id = request.run
WHERE
  start_ms IS NOT NULL
  AND (
    coalesce(last_chunk_ms, end_ms) IS NOT NULL
    OR failure IS NOT NULL
  )
QUALIFY
  row_number() OVER (
    PARTITION BY run
    ORDER BY
      start_ms,
      request
  ) <= 64
ORDER BY
  run,
  start_ms,
  request
