-- How many points of the evidence measure something that a claim would need?
-- format: .0f
WITH
  needed (what) AS (
    VALUES
      ('kernel_time'),
      ('draft_time'),
      ('acceptance_rate_in_benchmark'),
      ('tool_call_error_rate'),
      ('agent_traffic'),
      ('server_log'),
      ('request_latency')
  )
SELECT
  needed.what,
  unnest(exact(count(printed.value))),
  'points' AS unit,
  'none' AS interval_kind,
  [] AS sources
FROM
  needed
  LEFT JOIN printed ON printed.metric = needed.what
GROUP BY needed.what
