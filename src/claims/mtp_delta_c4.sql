-- Does the printed change at a concurrency of four follow from the finest numbers printed?
SELECT verdict
FROM change_verdict
WHERE
  series = 'awq-mtp1'
  AND baseline = 'awq'
  AND concurrency = 4
