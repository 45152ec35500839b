-- What is the output throughput while the run is full?
-- Chunks of unknown size share their request's tokens.
CREATE VIEW steady_state AS
SELECT
  w.run_id,
  w.to_ms - w.from_ms AS duration_ms,
  1000 * coalesce(sum(coalesce(c.tokens, r.output_tokens / r.chunks)), 0) / (w.to_ms - w.from_ms) AS output_throughput
FROM
  full_window AS w
  LEFT JOIN benchbook_request AS r ON r.run_id = w.run_id
  AND r.success
  LEFT JOIN content_event AS c ON c.run_id = w.run_id
  AND c.request = r.request
  AND c.time_ms > w.from_ms
  AND c.time_ms <= w.to_ms
GROUP BY
  w.run_id,
  w.from_ms,
  w.to_ms;
