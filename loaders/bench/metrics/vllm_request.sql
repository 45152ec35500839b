-- What does vLLM's client make of each request: success, TTFT, E2EL, ITL, tokens?
-- 0.15.1: chat ends with its last event of any kind, and succeeds with any answer of status 200 that raised nothing;
-- completions end with the last chunk and need one. September 2026: both end with the last chunk and need one, and
-- input tokens are the server's. As in vLLM, an undefined latency is 0. vLLM always has a tokenizer; if there was
-- none here, the output tokens of an answer without usage are unknown.
CREATE VIEW vllm_request AS
WITH
  answered AS (
    SELECT
      r.*,
      s.* EXCLUDE (run_id, request),
      run.backend = 'openai-chat' AS is_chat,
      coalesce(r.http_status, 0) = 200
      AND coalesce(r.failure_kind, '') NOT IN (
        'reset',
        'timeout_first_token',
        'timeout_chunk',
        'timeout_request',
        'malformed',
        'stopped',
        'unknown'
      ) AS raised_nothing,
      CASE
        WHEN r.completion_tokens IS NULL
        AND r.retokenized_tokens IS NULL
        AND coalesce(s.chunks, 0) > 0 THEN NULL
        ELSE coalesce(nullif(r.completion_tokens, 0), r.retokenized_tokens, 0)
      END AS output_tokens
    FROM
      request AS r
      JOIN run USING (run_id)
      LEFT JOIN vllm_stream AS s USING (run_id, request)
  )
SELECT
  run_id,
  'vllm-0.15.1' AS semantics,
  request,
  scheduled_ms,
  start_ms,
  raised_nothing
  AND (
    is_chat
    OR coalesce(chunks, 0) > 0
  ) AS success,
  coalesce(first_chunk_ms - start_ms, 0) AS ttft_ms,
  coalesce(
    CASE
      WHEN is_chat THEN last_event_ms
      ELSE last_chunk_ms
    END - start_ms,
    0
  ) AS e2el_ms,
  coalesce(
    CASE
      WHEN is_chat THEN any_gaps_ms
      ELSE counted_gaps_ms
    END,
    []
  ) AS itls_ms,
  input_tokens,
  output_tokens
FROM answered
UNION ALL
SELECT
  run_id,
  'vllm-2026-09' AS semantics,
  request,
  scheduled_ms,
  start_ms,
  raised_nothing
  AND coalesce(chunks, 0) > 0 AS success,
  coalesce(first_chunk_ms - start_ms, 0) AS ttft_ms,
  coalesce(last_chunk_ms - start_ms, 0) AS e2el_ms,
  coalesce(counted_gaps_ms, []) AS itls_ms,
  coalesce(prompt_tokens, input_tokens) AS input_tokens,
  output_tokens
FROM answered;
