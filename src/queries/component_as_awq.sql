-- How many bytes of each component does one GPU read in a decode step of each checkpoint, on as many GPUs as AWQ?
SELECT
  step.* EXCLUDE (sources),
  merged(step.sources, awq.sources) AS sources
FROM
  step_component AS step
  JOIN deployment AS awq ON awq.series = 'awq'
  AND awq.gpus = step.gpus
