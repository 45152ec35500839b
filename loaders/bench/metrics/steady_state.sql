-- What is the output throughput while the run is full?
-- Chunks of unknown size share the remaining tokens of their request; if those are unknown, so is the answer.
CREATE VIEW steady_state AS
SELECT
  w.run_id,
  w.to_ms - w.from_ms AS duration_ms,
  CASE
    WHEN count(*) FILTER (
      o.time_ms IS NOT NULL
      AND o.tokens IS NULL
    ) = 0 THEN 1000 * coalesce(sum(o.tokens), 0) / (w.to_ms - w.from_ms)
  END AS output_throughput
FROM
  full_window AS w
  LEFT JOIN (
    SELECT
      c.run_id,
      c.time_ms,
      coalesce(
        c.tokens,
        (r.output_tokens - coalesce(sum(c.tokens) OVER whole, 0)) / count(*) FILTER (c.tokens IS NULL) OVER whole
      ) AS tokens
    FROM
      content_event AS c
      JOIN benchbook_request AS r USING (run_id, request)
    WHERE r.success
    WINDOW
      whole AS (
        PARTITION BY
          c.run_id,
          c.request
      )
  ) AS o ON o.run_id = w.run_id
  AND o.time_ms > w.from_ms
  AND o.time_ms <= w.to_ms
GROUP BY
  w.run_id,
  w.from_ms,
  w.to_ms;
