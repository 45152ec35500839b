-- Do the cards of the rerun differ in more than the quantisation?
SELECT truth(value > 0, FALSE) AS verdict
FROM confounders
WHERE
  series = 'awq-rerun'
  AND baseline = 'nvfp4-rerun'
  AND cause = 'quantisation'
