-- What is the output throughput while the run is full?
-- Chunks of unknown size share their request's tokens.
CREATE VIEW steady_state AS
SELECT
  w.run_id,
  w.to_ms - w.from_ms AS duration_ms,
  1000 * coalesce(sum(o.tokens), 0) / (w.to_ms - w.from_ms) AS output_throughput
FROM
  full_window AS w
  LEFT JOIN (
    SELECT
      c.run_id,
      c.time_ms,
      coalesce(c.tokens, r.output_tokens / r.chunks) AS tokens
    FROM
      content_event AS c
      JOIN benchbook_request AS r USING (run_id, request)
    WHERE r.success
  ) AS o ON o.run_id = w.run_id
  AND o.time_ms > w.from_ms
  AND o.time_ms <= w.to_ms
GROUP BY
  w.run_id,
  w.from_ms,
  w.to_ms;
