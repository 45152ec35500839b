-- Which printed leads would later evidence bear out, if it were taken in place of the published table?
SELECT
  measure,
  concurrency,
  truth(
    round(100 * (quantity.low - 1)) = round(printed.value)
    AND round(100 * (quantity.high - 1)) = round(printed.value),
    round(printed.value) BETWEEN round(100 * (quantity.low - 1)) AND round(100 * (quantity.high - 1))
  ) AS verdict
FROM
  later_lead
  JOIN printed USING (concurrency)
WHERE
  printed.role = 'derived'
  AND printed.series = 'awq'
  AND printed.baseline = 'nvfp4'
ORDER BY
  measure,
  concurrency
