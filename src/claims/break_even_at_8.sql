-- Is eight the lowest concurrency at which MTP breaks even, by any method of interpolation?
SELECT truth(min(method.low) >= min(stated.value), max(method.high) >= min(stated.value)) AS verdict
FROM
  break_even_method AS method
  CROSS JOIN stated_value AS stated
WHERE
  method.basis = 'printed_tpot'
  AND stated.id = 'break_even_concurrency'
