-- What did vLLM's client see of each request's stream?
CREATE VIEW vllm_stream AS
SELECT
  run_id,
  request,
  count(*) FILTER (counted) AS chunks,
  min(time_ms) FILTER (counted) AS first_chunk_ms,
  max(time_ms) FILTER (counted) AS last_chunk_ms,
  max(time_ms) AS last_event_ms,
  list(
    counted_gap_ms
    ORDER BY seq
  ) FILTER (counted_gap_ms IS NOT NULL) AS counted_gaps_ms,
  list(
    any_gap_ms
    ORDER BY seq
  ) FILTER (counted_gap_ms IS NOT NULL) AS any_gaps_ms
FROM vllm_event
GROUP BY
  run_id,
  request;
