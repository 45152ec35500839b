-- Does the printed lead at a concurrency of four follow from the printed throughputs?
SELECT verdict
FROM change_verdict
WHERE
  series = 'awq'
  AND baseline = 'nvfp4'
  AND concurrency = 4
