-- Do the cards of AWQ and NVFP4 state everything that may differ?
SELECT
  CASE
    WHEN value > 0 THEN 'not-testable'
    ELSE 'holds'
  END AS verdict
FROM difference_count
WHERE
  series = 'awq'
  AND baseline = 'nvfp4'
  AND kind = 'not_stated_for_one'
