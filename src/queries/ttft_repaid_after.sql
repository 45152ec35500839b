-- After how many tokens of a reply has the faster decoding with MTP made up for the later first token?
-- format: .0f tokens
SELECT
  a.concurrency,
  unnest(shifted(ratio(difference(a.ttft, b.ttft), difference(b.tpot, a.tpot)), 1)),
  'tokens' AS unit,
  'rounding' AS interval_kind,
  merged(a.sources, b.sources) AS sources
FROM
  mtp_reply AS a
  JOIN mtp_reply AS b ON b.reply = a.reply
  AND b.concurrency = a.concurrency
WHERE
  a.series = 'awq-mtp1'
  AND b.series = 'awq'
  AND a.reply = 'published'
  AND a.tpot.high < b.tpot.low
  AND a.ttft.low > b.ttft.high
