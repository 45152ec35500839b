-- Which chunks carried output, how long after the one before, and with how many tokens?
CREATE VIEW content_event AS
SELECT
  run_id,
  request,
  seq,
  time_ms,
  kind,
  tokens,
  time_ms - lag(time_ms) OVER (
    PARTITION BY
      run_id,
      request
    ORDER BY seq
  ) AS chunk_gap_ms
FROM event
WHERE kind IN ('content', 'reasoning', 'tool_call', 'chunk');
