-- Is the speed-up with verification as the only cost above one everywhere, and least at a concurrency of four?
SELECT
  truth(
    bool_and(low > 1)
    AND arg_min(concurrency, value) = 4,
    bool_and(high > 1)
    AND arg_min(concurrency, value) = 4
  ) AS verdict
FROM verification_speedup
