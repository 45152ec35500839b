-- Does the evidence measure the traffic of agents?
SELECT
  CASE
    WHEN value = 0 THEN 'not-supported'
    ELSE 'holds'
  END AS verdict
FROM measured
WHERE what = 'agent_traffic'
