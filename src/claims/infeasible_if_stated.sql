-- Is the stated acceptance above the rate from which no acceptance breaks even at a concurrency of one?
SELECT truth(stated.low / 100 > infeasible.high, stated.high / 100 > infeasible.low) AS verdict
FROM
  acceptance_infeasible AS infeasible
  CROSS JOIN stated_value AS stated
WHERE
  infeasible.concurrency = 1
  AND stated.id = 'acceptance_rate'
