-- Does the printed change at a concurrency of eight follow from the finest numbers printed?
SELECT
  truth(
    round(100 * finest.low) = round(100 * printed.value)
    AND round(100 * finest.high) = round(100 * printed.value),
    round(100 * printed.value) BETWEEN round(100 * finest.low) AND round(100 * finest.high)
  ) AS verdict
FROM
  mtp_delta_tpot AS finest
  JOIN printed_change AS printed ON printed.concurrency = finest.concurrency
WHERE
  finest.concurrency = 8
  AND printed.series = 'awq-mtp1'
  AND printed.baseline = 'awq'
