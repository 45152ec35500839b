-- What does later evidence say of each point?
SELECT
  measure,
  concurrency,
  verdict
FROM later_verdict
