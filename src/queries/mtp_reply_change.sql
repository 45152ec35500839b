-- By how much does MTP change the throughput once the time to first token is counted?
-- format: +.1%
SELECT
  a.reply,
  a.concurrency,
  unnest(shifted(ratio(b.latency, a.latency), -1)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  merged(a.sources, b.sources) AS sources
FROM
  mtp_reply AS a
  JOIN mtp_reply AS b ON b.reply = a.reply
  AND b.concurrency = a.concurrency
WHERE
  a.series = 'awq-mtp1'
  AND b.series = 'awq'
