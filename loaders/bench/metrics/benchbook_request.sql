-- What is true of each request: success only with output, latency from the first chunk to the last with output?
-- TPOT divides the time after the first chunk by the tokens that came with output after it, of all tokens where
-- chunks are of unknown size, of which the first counts as one.
-- Output tokens that neither the server nor a tokenizer counted are unknown.
CREATE VIEW benchbook_request AS
SELECT
  r.run_id,
  'benchbook-1' AS semantics,
  r.request,
  r.scheduled_ms,
  r.start_ms,
  r.failure_kind IS NULL
  AND coalesce(c.chunks, 0) > 0 AS success,
  c.first_ms - r.start_ms AS ttft_ms,
  c.last_ms - r.start_ms AS e2el_ms,
  (c.last_ms - c.first_ms) / nullif(
    greatest(coalesce(c.tokens, r.completion_tokens, r.retokenized_tokens) - coalesce(c.first_tokens, 1), 0),
    0
  ) AS tpot_ms,
  r.start_ms - r.scheduled_ms AS queue_time_ms,
  coalesce(r.prompt_tokens, r.input_tokens) AS input_tokens,
  coalesce(r.completion_tokens, r.retokenized_tokens) AS output_tokens,
  c.chunks
FROM
  request AS r
  LEFT JOIN (
    SELECT
      run_id,
      request,
      count(*) AS chunks,
      CASE
        WHEN count(tokens) = count(*) THEN sum(tokens)
      END AS tokens,
      min(time_ms) AS first_ms,
      max(time_ms) AS last_ms,
      first(
        tokens
        ORDER BY seq
      ) AS first_tokens
    FROM content_event
    GROUP BY
      run_id,
      request
  ) AS c USING (run_id, request);
