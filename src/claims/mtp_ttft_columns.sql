-- Does the evidence hold the latencies of single requests?
SELECT
  CASE
    WHEN value = 0 THEN 'not-testable'
    ELSE 'holds'
  END AS verdict
FROM measured
WHERE what = 'request_latency'
