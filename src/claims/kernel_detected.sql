-- Does the evidence hold a log of the server?
SELECT
  CASE
    WHEN value = 0 THEN 'not-testable'
    ELSE 'holds'
  END AS verdict
FROM measured
WHERE what = 'server_log'
