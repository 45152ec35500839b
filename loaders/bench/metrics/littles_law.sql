-- Do concurrency, throughput and latency agree, as Little's law demands?
-- Requests in flight, averaged over time, must equal request throughput times mean latency; a gap means that
-- latency was lost or that requests were open without being counted.
CREATE VIEW littles_law AS
SELECT
  t.run_id,
  t.request_throughput * s.value_ms / 1000 AS expected_concurrency,
  f.mean_in_flight,
  expected_concurrency / nullif(f.mean_in_flight, 0) AS ratio
FROM
  throughput AS t
  JOIN statistic AS s USING (run_id, semantics)
  JOIN (
    SELECT
      run_id,
      sum(requests * (to_ms - from_ms)) / any_value(duration_ms) AS mean_in_flight
    FROM
      in_flight
      JOIN run USING (run_id)
    GROUP BY run_id
  ) AS f USING (run_id)
WHERE
  t.semantics = 'benchbook-1'
  AND s.metric = 'e2el'
  AND s.statistic = 'mean';
