-- Is AWQ ahead everywhere in the rerun, and least at the highest concurrency?
SELECT
  truth(
    bool_and(low > 0)
    AND arg_min(concurrency, value) = max(concurrency),
    bool_and(high > 0)
  ) AS verdict
FROM lead_rerun
