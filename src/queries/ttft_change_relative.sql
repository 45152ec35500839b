-- By what share does MTP change the median time to first token at each concurrency?
-- format: +.0%
SELECT
  a.concurrency,
  unnest(shifted(ratio(a.quantity, b.quantity), -1)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  merged(a.sources, b.sources) AS sources
FROM
  point AS a
  JOIN point AS b ON b.metric = a.metric
  AND b.concurrency = a.concurrency
WHERE
  a.series = 'awq-mtp1'
  AND b.series = 'awq'
  AND a.metric = 'ttft_median'
