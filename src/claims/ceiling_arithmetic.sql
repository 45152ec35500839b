-- Do the stated bytes and bandwidth give the stated ceiling?
SELECT
  CASE
    WHEN round(ceiling.value) = stated.value THEN 'holds'
    ELSE 'contradicted'
  END AS verdict
FROM
  ceiling
  CROSS JOIN stated_value AS stated
WHERE stated.id = 'ceiling_throughput'
