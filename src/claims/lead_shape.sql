-- Is the lead largest at two and smallest at the highest shared concurrency?
SELECT
  truth(
    arg_max(concurrency, value) = 2
    AND arg_min(concurrency, value) = max(concurrency),
    FALSE
  ) AS verdict
FROM lead
