-- Was acceptance measured in the benchmark?
SELECT
  CASE
    WHEN value = 0 THEN 'not-testable'
    ELSE 'holds'
  END AS verdict
FROM measured
WHERE what = 'acceptance_rate_in_benchmark'
