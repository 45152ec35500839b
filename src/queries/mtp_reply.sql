-- How long does a reply of so many tokens take from request to last token, with and without MTP?
-- published is the output length of the benchmark, short an assumed one.
WITH
  length AS (
    SELECT
      'published' AS reply,
      value AS tokens,
      sources
    FROM setting_number
    WHERE
      series = 'awq'
      AND field = 'output_len'
    UNION ALL
    SELECT
      'short',
      value,
      sources
    FROM mtp_assumption
    WHERE what = 'short_reply'
  )
SELECT
  tpot.series,
  reply,
  tpot.concurrency,
  tokens,
  bounded(tpot.value, tpot.low, tpot.high) AS tpot,
  bounded(ttft.value, ttft.low, ttft.high) AS ttft,
  bounded(
    ttft.value + (tokens - 1) * tpot.value,
    ttft.low + (tokens - 1) * tpot.low,
    ttft.high + (tokens - 1) * tpot.high
  ) AS latency,
  merged(merged(tpot.sources, ttft.sources), length.sources) AS sources
FROM
  tpot
  JOIN ttft ON ttft.series = tpot.series
  AND ttft.concurrency = tpot.concurrency
  CROSS JOIN length
WHERE tpot.series IN ('awq', 'awq-mtp1')
