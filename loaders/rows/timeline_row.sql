-- When did the requests of one run of each series begin, answer and end, and what does the caption say about the run?
WITH
  drawn AS (
    SELECT
      shown_request.*,
      run.series,
      run.requests,
      run.offered_load,
      count(*) OVER whole AS listed,
      count(*) FILTER (shown_request.end IS NOT NULL) OVER whole AS drawn,
      count(*) FILTER (
        shown_request.end IS NOT NULL
        AND shown_request.failed
      ) OVER whole AS crosses,
      coalesce(bool_or(shown_request.first IS NOT NULL) FILTER (shown_request.end IS NOT NULL) OVER whole, FALSE) AS has_chunks,
      coalesce(bool_or(shown_request.first IS NULL) FILTER (shown_request.end IS NOT NULL) OVER whole, FALSE) AS holds_ends
    FROM
      shown_request
      JOIN run ON run.id = shown_request.run
    WINDOW
      whole AS (
        PARTITION BY run
      )
  )
SELECT
  series,
  request,
  start,
  first,
  drawn.end,
  failed,
  drawn.end IS NOT NULL AS is_drawn,
  drawn,
  coalesce(printf('%.3f', start), '—') AS start_text,
  coalesce(printf('%.3f', first), '—') AS first_text,
  coalesce(printf('%.3f', drawn.end), 'not recorded') AS end_text,
  CASE
    WHEN holds_ends THEN 'End'
    ELSE 'Last chunk'
  END AS end_heading,
  CASE
    WHEN failed THEN 'failed'
    ELSE 'succeeded'
  END AS outcome,
  'from start ' || CASE
    WHEN has_chunks THEN 'over first chunk to last chunk.'
    ELSE 'to end.'
  END || CASE
    WHEN crosses > 0 THEN ' ' || crosses || ' of them failed; a cross ends each of these.'
    ELSE ''
  END AS in_words,
  CASE
    WHEN requests > listed THEN 'The first ' || listed || ' requests'
    ELSE 'Requests'
  END || ' of the first run at ' || in_sentence || ', in the order in which they started: ' || CASE
    WHEN has_chunks THEN 'pale until the first chunk, full until the last.'
    ELSE 'each from its start to its end.'
  END || CASE
    WHEN crosses > 0 THEN ' A cross ends a request that failed.'
    ELSE ''
  END || CASE
    WHEN listed > drawn THEN ' Not drawn: ' || (listed - drawn) || ' that failed, of which the result file does not tell when ' || CASE
      WHEN listed - drawn = 1 THEN 'it'
      ELSE 'they'
    END || ' ended.'
    ELSE ''
  END AS caption
FROM
  drawn
  JOIN named_load USING (offered_load)
ORDER BY
  series,
  start,
  request
