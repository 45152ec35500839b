-- Is the break-even acceptance at a concurrency of one above one, whatever the rounding?
SELECT truth(bool_and(low > 1), bool_and(high > 1)) AS verdict
FROM break_even_acceptance
WHERE
  basis = 'rate'
  AND concurrency = 1
