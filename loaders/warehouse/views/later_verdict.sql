-- Which printed leads would later evidence bear out, if it were taken in place of the published table?
WITH
  measured AS (
    SELECT
      'per_request' AS measure,
      concurrency,
      low,
      high
    FROM lead_per_request
    UNION ALL
    SELECT
      'rerun',
      concurrency,
      low,
      high
    FROM lead_rerun
  )
SELECT
  measured.measure,
  printed.concurrency,
  truth(
    round(100 * measured.low) = round(100 * printed.value)
    AND round(100 * measured.high) = round(100 * printed.value),
    round(100 * printed.value) BETWEEN round(100 * measured.low) AND round(100 * measured.high)
  ) AS verdict
FROM
  printed_change AS printed
  JOIN measured ON measured.concurrency = printed.concurrency
WHERE
  printed.series = 'awq'
  AND printed.baseline = 'nvfp4'
ORDER BY
  measured.measure,
  printed.concurrency
