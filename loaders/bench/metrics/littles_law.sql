-- Did the client keep its slots filled while the run was full?
-- By Little's law, throughput × latency is the mean number of requests in flight, each from its start to the end of
-- its stream, failures included. Its shortfall from max concurrency is the time in which slots were empty.
CREATE VIEW littles_law AS
SELECT
  w.run_id,
  sum(f.requests * (least(f.to_ms, w.to_ms) - greatest(f.from_ms, w.from_ms))) / (w.to_ms - w.from_ms) / any_value(run.max_concurrency) AS ratio
FROM
  full_window AS w
  JOIN run USING (run_id)
  JOIN in_flight AS f ON f.run_id = w.run_id
  AND f.from_ms < w.to_ms
  AND f.to_ms > w.from_ms
GROUP BY
  w.run_id,
  w.from_ms,
  w.to_ms;
