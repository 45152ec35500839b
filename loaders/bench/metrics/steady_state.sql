-- What is the output throughput while the run is full?
-- From when 95 % of max concurrency is first reached to when it is last left. A slot is empty for the moment
-- between two requests, so a dip counts only from the last one; chunks of unknown size share their request's
-- tokens.
CREATE VIEW steady_state AS
WITH
  full_time AS (
    SELECT
      f.run_id,
      min(f.from_ms) AS from_ms,
      max(f.to_ms) AS to_ms
    FROM
      in_flight AS f
      JOIN run USING (run_id)
    WHERE f.requests >= 0.95 * run.max_concurrency
    GROUP BY f.run_id
  )
SELECT
  w.run_id,
  w.from_ms,
  w.to_ms,
  w.to_ms - w.from_ms AS duration_ms,
  1000 * coalesce(sum(coalesce(c.tokens, r.output_tokens / r.chunks)), 0) / nullif(w.to_ms - w.from_ms, 0) AS output_throughput
FROM
  full_time AS w
  JOIN benchbook_request AS r ON r.run_id = w.run_id
  AND r.success
  JOIN content_event AS c ON c.run_id = w.run_id
  AND c.request = r.request
  AND c.time_ms > w.from_ms
  AND c.time_ms <= w.to_ms
GROUP BY
  w.run_id,
  w.from_ms,
  w.to_ms;
