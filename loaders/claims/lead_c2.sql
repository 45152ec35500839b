-- Does the printed lead at a concurrency of two follow from the printed throughputs?
SELECT
  CASE
    WHEN round(100 * lead.value) = round(100 * printed.value) THEN 'holds'
    ELSE 'contradicted'
  END AS verdict
FROM
  lead
  JOIN printed_change AS printed ON printed.concurrency = lead.concurrency
WHERE
  lead.concurrency = 2
  AND printed.series = 'awq'
  AND printed.baseline = 'nvfp4'
