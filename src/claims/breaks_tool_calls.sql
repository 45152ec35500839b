-- Does the evidence measure how often tool calls fail?
SELECT
  CASE
    WHEN value = 0 THEN 'not-supported'
    ELSE 'holds'
  END AS verdict
FROM measured
WHERE what = 'tool_call_error_rate'
