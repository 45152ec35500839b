-- Which runs are there, load by load in the order of a table, and what is known of each?
SELECT
  id,
  series,
  offered_load AS load,
  repeat,
  started,
  live,
  standing,
  tool,
  server_version,
  model,
  endpoint,
  clock,
  requests,
  requests_kept,
  file
FROM run_standing
ORDER BY
  series,
  concurrency,
  request_rate,
  offered_load,
  started,
  id
