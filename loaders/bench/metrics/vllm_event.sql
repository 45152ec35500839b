-- Which chunks does vLLM's client count, and how long after the one before did each arrive?
-- It counts every event with choices, the role chunk included (endpoint_request_func.py:141-371).
CREATE VIEW vllm_event AS
SELECT
  run_id,
  request,
  seq,
  time_ms,
  counted,
  time_ms - lag(time_ms) OVER (
    PARTITION BY
      run_id,
      request
    ORDER BY seq
  ) AS any_gap_ms,
  CASE
    WHEN counted THEN time_ms - max(time_ms) FILTER (counted) OVER (
      PARTITION BY
        run_id,
        request
      ORDER BY
        seq ROWS BETWEEN UNBOUNDED PRECEDING
        AND 1 PRECEDING
    )
  END AS counted_gap_ms
FROM
  (
    SELECT
      *,
      kind IN ('role', 'content', 'reasoning', 'tool_call', 'empty', 'chunk') AS counted
    FROM event
    WHERE kind NOT IN ('done', 'malformed')
  );
