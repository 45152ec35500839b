-- Does the printed change at a concurrency of one follow from the finest numbers printed?
SELECT verdict
FROM change_verdict
WHERE
  series = 'awq-mtp1'
  AND baseline = 'awq'
  AND concurrency = 1
