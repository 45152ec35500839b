-- What is true of each request: success only with output, latency from the first chunk to the last with output?
-- TPOT divides the time after the first chunk by the tokens that came with later output. If chunks are of unknown
-- size, these are all tokens but one, since the first chunk counts as one.
-- Output tokens that neither the server nor a tokenizer counted are unknown. A tokenizer sees only the content, so
-- that with reasoning or a tool call it does not count the whole output.
CREATE VIEW benchbook_request AS
WITH
  answered AS (
    SELECT
      r.*,
      c.* EXCLUDE (run_id, request),
      coalesce(
        r.completion_tokens,
        CASE
          WHEN c.is_content THEN r.retokenized_tokens
        END
      ) AS output_tokens
    FROM
      request AS r
      LEFT JOIN (
        SELECT
          run_id,
          request,
          count(*) AS chunks,
          bool_and(kind NOT IN ('reasoning', 'tool_call')) AS is_content,
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
      ) AS c USING (run_id, request)
  )
SELECT
  run_id,
  'benchbook-1' AS semantics,
  request,
  scheduled_ms,
  start_ms,
  failure_kind IS NULL
  AND coalesce(chunks, 0) > 0 AS success,
  first_ms - start_ms AS ttft_ms,
  last_ms - start_ms AS e2el_ms,
  (last_ms - first_ms) / nullif(greatest(coalesce(tokens, output_tokens) - coalesce(first_tokens, 1), 0), 0) AS tpot_ms,
  start_ms - scheduled_ms AS queue_time_ms,
  coalesce(prompt_tokens, input_tokens) AS input_tokens,
  output_tokens,
  chunks
FROM answered;
