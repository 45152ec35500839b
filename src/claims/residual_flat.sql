-- Does the residual vary by less than half of what the plain step varies by, whatever the rounding?
SELECT truth(2 * residual.high < plain.low, 2 * residual.low < plain.high) AS verdict
FROM
  residual_variation AS residual
  CROSS JOIN residual_variation AS plain
WHERE
  residual.part = 'residual'
  AND plain.part = 'plain_step'
