-- From when to when was the run full?
-- From when 95 % of max concurrency is first reached to when it is last left: a slot is empty for the moment
-- between two requests, so a dip counts only from the last one. Without a max concurrency there is no window.
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
