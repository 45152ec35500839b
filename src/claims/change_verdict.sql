-- Does each printed percentage follow from the finest numbers the source prints for it?
-- Where only integers are printed, the percentage is judged as arithmetic on them.
SELECT
  printed.series,
  printed.baseline,
  printed.concurrency,
  CASE
    WHEN finest.concurrency IS NULL THEN truth(round(100 * lead.value) = round(100 * printed.value), FALSE)
    ELSE truth(
      round(100 * finest.low) = round(100 * printed.value)
      AND round(100 * finest.high) = round(100 * printed.value),
      round(100 * printed.value) BETWEEN round(100 * finest.low) AND round(100 * finest.high)
    )
  END AS verdict
FROM
  printed_change AS printed
  LEFT JOIN mtp_delta_tpot AS finest ON printed.series = 'awq-mtp1'
  AND finest.concurrency = printed.concurrency
  LEFT JOIN lead ON printed.series = 'awq'
  AND lead.concurrency = printed.concurrency
