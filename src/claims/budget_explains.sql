-- Could the smaller token budget bind at any shared concurrency?
SELECT
  CASE
    WHEN coalesce(bool_or(value >= 1), FALSE) THEN 'not-supported'
    ELSE 'contradicted'
  END AS verdict
FROM budget_use
WHERE series = 'nvfp4'
