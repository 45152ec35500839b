-- Which printed leads would later evidence bear out, if it were taken in place of the published table?
WITH
  later_lead AS (
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
  later_lead.measure,
  printed.concurrency,
  truth(
    round(100 * later_lead.low) = round(100 * printed.value)
    AND round(100 * later_lead.high) = round(100 * printed.value),
    round(100 * printed.value) BETWEEN round(100 * later_lead.low) AND round(100 * later_lead.high)
  ) AS verdict
FROM
  printed_change AS printed
  JOIN later_lead ON later_lead.concurrency = printed.concurrency
WHERE
  printed.series = 'awq'
  AND printed.baseline = 'nvfp4'
ORDER BY
  later_lead.measure,
  printed.concurrency
