-- Which means of repeats does the page of a series list under each definition, and what does their caption say?
-- Without any wait in the client, there are no rows for it. A TPOT of 0, from answers of one token, gives no
-- throughput.
WITH
  listed AS (
    SELECT
      result_point.*,
      name,
      position,
      concurrency,
      rate,
      is_concurrency,
      in_sentence,
      placed_load.load,
      placed_load.axis,
      result_repeats.value AS repeats,
      result_point.series || '.' || result_point.semantics || '.' || metric || '.' || offered_load AS key
    FROM
      result_point
      JOIN result_repeats USING (series, semantics, metric, offered_load)
      JOIN named_metric USING (metric)
      JOIN named_load USING (offered_load)
      JOIN placed_load ON placed_load.offered_load = result_point.offered_load
      AND place = 'points.' || result_point.series || '.' || result_point.semantics
  ),
  idle AS (
    SELECT
      series,
      semantics,
      string_agg(
        in_sentence,
        ', '
        ORDER BY concurrency
      ) AS loads
    FROM
      (
        SELECT
          series,
          semantics,
          offered_load,
          concurrency,
          in_sentence
        FROM listed
        WHERE
          is_concurrency
          AND value > 0
        GROUP BY ALL
        HAVING
          bool_or(metric = 'median_tpot_ms')
          AND NOT bool_or(metric = 'system_throughput')
      )
    GROUP BY
      series,
      semantics
  ),
  told AS (
    SELECT
      listed.*,
      min(repeats) OVER whole <> max(repeats) OVER whole AS repeats_differ,
      bool_or(interval_kind = 't') OVER whole AS has_t,
      max(value) FILTER (metric = 'median_client_queue_time_ms') OVER whole AS longest_wait,
      first_value (key) OVER (
        PARTITION BY
          series,
          semantics
        ORDER BY
          metric,
          concurrency,
          rate,
          offered_load
      ) AS first_key
    FROM listed
    WINDOW
      whole AS (
        PARTITION BY
          series,
          semantics
      )
  )
SELECT
  told.series,
  told.semantics,
  metric,
  offered_load,
  name,
  load,
  axis,
  'result_point.' || key AS point,
  CASE interval_kind
    WHEN 'none' THEN 'too few runs'
    ELSE 'result_point.' || key || ' interval'
  END AS interval,
  CASE
    WHEN repeats_differ THEN 'result_repeats.' || key
  END AS repeats,
  CASE
    WHEN repeats_differ THEN 'means over the repeats'
    WHEN repeats = 1 THEN 'of {{result_repeats.' || first_key || '}} run each'
    ELSE 'means over {{result_repeats.' || first_key || '}} repeats'
  END AS over_repeats,
  CASE
    WHEN has_t THEN ' The intervals are Student’s t over the repeats, at 95 %.'
    ELSE ''
  END || coalesce(' No system throughput at ' || idle.loads || ': there were fewer prompts than slots.', '') AS notes
FROM
  told
  LEFT JOIN idle ON idle.series = told.series
  AND idle.semantics = told.semantics
WHERE
  metric NOT LIKE '%client_queue%'
  OR coalesce(longest_wait >= 0.05, TRUE)
ORDER BY
  told.series,
  told.semantics,
  position,
  concurrency,
  rate,
  offered_load
