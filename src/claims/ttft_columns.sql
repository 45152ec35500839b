-- Does the evidence hold the latencies of single requests, and the state of the cache?
SELECT
  CASE
    WHEN latencies.value = 0
    OR cache.value > 0 THEN 'not-testable'
    ELSE 'holds'
  END AS verdict
FROM
  measured AS latencies
  CROSS JOIN not_stated AS cache
WHERE
  latencies.what = 'request_latency'
  AND cache.series = 'awq'
  AND cache.topic = 'cache'
