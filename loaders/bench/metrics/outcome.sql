-- How did each request end under each definition, in the same columns?
CREATE VIEW outcome AS
SELECT
  run_id,
  semantics,
  request,
  start_ms,
  success,
  ttft_ms,
  e2el_ms,
  CASE
    WHEN output_tokens > 1 THEN (e2el_ms - ttft_ms) / (output_tokens - 1)
  END AS tpot_ms,
  CASE
    WHEN semantics = 'vllm-2026-09' THEN start_ms - scheduled_ms
  END AS queue_time_ms,
  input_tokens,
  output_tokens
FROM vllm_request
UNION ALL
SELECT
  run_id,
  semantics,
  request,
  start_ms,
  success,
  ttft_ms,
  e2el_ms,
  tpot_ms,
  queue_time_ms,
  input_tokens,
  output_tokens
FROM benchbook_request;
