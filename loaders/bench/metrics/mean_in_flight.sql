-- How many requests were in flight on average, over the whole run?
CREATE VIEW mean_in_flight AS
SELECT
  run_id,
  sum(f.requests * (f.to_ms - f.from_ms)) / any_value(run.duration_ms) AS mean_in_flight
FROM
  in_flight AS f
  JOIN run USING (run_id)
GROUP BY run_id;
