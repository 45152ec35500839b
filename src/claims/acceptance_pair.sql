-- Is the mean acceptance length one more than the acceptance rate, with one draft token?
SELECT
  CASE
    WHEN abs(1 + rate.value / 100 - length.value) <= length.high - length.value THEN 'holds'
    ELSE 'contradicted'
  END AS verdict
FROM
  stated_value AS rate
  CROSS JOIN stated_value AS length
WHERE
  rate.id = 'acceptance_rate'
  AND length.id = 'acceptance_length'
