-- How long does a reply of so many tokens take from request to last token, with and without MTP?
-- published is the output length of the benchmark; short is an assumed one.
WITH
  length AS (
    SELECT
      'published' AS reply,
      number AS tokens,
      [{'source': series.source, 'place': setting.place}] AS sources
    FROM
      stated_setting AS setting
      JOIN series ON series.id = setting.series
    WHERE
      setting.series = 'awq'
      AND field = 'output_len'
    UNION ALL
    SELECT
      'short',
      assumed,
      []
    FROM assumption
    WHERE what = 'short_reply'
  )
SELECT
  tpot.series,
  reply,
  tpot.concurrency,
  tokens,
  tpot.quantity AS tpot,
  ttft.quantity AS ttft,
  bounded(
    ttft.quantity.value + (tokens - 1) * tpot.quantity.value,
    ttft.quantity.low + (tokens - 1) * tpot.quantity.low,
    ttft.quantity.high + (tokens - 1) * tpot.quantity.high
  ) AS latency,
  merged(merged(tpot.sources, ttft.sources), length.sources) AS sources
FROM
  median_tpot AS tpot
  JOIN point AS ttft ON ttft.metric = 'ttft_median'
  AND ttft.series = tpot.series
  AND ttft.concurrency = tpot.concurrency
  CROSS JOIN length
WHERE tpot.series IN ('awq', 'awq-mtp1')
