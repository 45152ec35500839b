-- Over which values is each latency statistic taken?
-- TPOT gives every request the same weight, ITL and chunk gap every chunk, token gap every token (a chunk's gap is
-- spread over its tokens, and only chunks of known size count).
CREATE VIEW sample AS
SELECT
  run_id,
  semantics,
  metric,
  value_ms
FROM
  (
    UNPIVOT (
      SELECT
        run_id,
        semantics,
        ttft_ms AS ttft,
        tpot_ms AS tpot,
        e2el_ms AS e2el,
        queue_time_ms AS client_queue_time,
        e2el_ms + queue_time_ms AS e2el_including_client_queue
      FROM outcome
      WHERE success
    ) ON ttft,
    tpot,
    e2el,
    client_queue_time,
    e2el_including_client_queue INTO NAME metric VALUE value_ms
  )
UNION ALL
SELECT
  run_id,
  semantics,
  'itl' AS metric,
  unnest(itls_ms) AS value_ms
FROM vllm_request
WHERE success
UNION ALL
SELECT
  c.run_id,
  'benchbook-1' AS semantics,
  'chunk_gap' AS metric,
  c.chunk_gap_ms AS value_ms
FROM
  content_event AS c
  JOIN benchbook_request AS r USING (run_id, request)
WHERE
  r.success
  AND c.chunk_gap_ms IS NOT NULL
UNION ALL
SELECT
  c.run_id,
  'benchbook-1' AS semantics,
  'token_gap' AS metric,
  unnest(list_resize([c.chunk_gap_ms / c.tokens], c.tokens, c.chunk_gap_ms / c.tokens)) AS value_ms
FROM
  content_event AS c
  JOIN benchbook_request AS r USING (run_id, request)
WHERE
  r.success
  AND c.chunk_gap_ms IS NOT NULL
  AND c.tokens > 0;
