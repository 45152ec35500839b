-- Does the evidence measure what a claim would need, and what is the claim without it?
SELECT
  what,
  without,
  CASE
    WHEN value > 0 THEN 'holds'
    ELSE without
  END AS verdict
FROM
  measured
  CROSS JOIN (
    VALUES
      ('not-testable'),
      ('not-supported')
  ) AS unmeasured (without)
