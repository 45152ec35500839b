-- Is the error that could turn a gain smaller than each that could turn a loss?
SELECT
  truth(
    max(tolerance.high) FILTER (speedup.value > 1) < min(tolerance.low) FILTER (speedup.value < 1),
    max(tolerance.low) FILTER (speedup.value > 1) < min(tolerance.high) FILTER (speedup.value < 1)
  ) AS verdict
FROM
  break_even_tolerance AS tolerance
  JOIN mtp_speedup AS speedup ON speedup.concurrency = tolerance.concurrency
