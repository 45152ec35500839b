-- When was the run full?
-- The window lasts from the first time that 95 % of max concurrency is reached to the last time that it is left.
-- Dips in between do not end it, because a slot is briefly empty between two requests. Without a max concurrency
-- there is no window.
CREATE VIEW full_window AS
SELECT
  f.run_id,
  min(f.from_ms) AS from_ms,
  max(f.to_ms) AS to_ms
FROM
  in_flight AS f
  JOIN run USING (run_id)
WHERE f.requests >= 0.95 * run.max_concurrency
GROUP BY f.run_id
HAVING
  to_ms > from_ms;
