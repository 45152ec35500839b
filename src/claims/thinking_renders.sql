-- Does the evidence hold traffic of an agent?
SELECT
  CASE
    WHEN value = 0 THEN 'not-testable'
    ELSE 'holds'
  END AS verdict
FROM measured
WHERE what = 'agent_traffic'
