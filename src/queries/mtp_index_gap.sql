-- By how much is the output throughput, first token counted, below the printed kind of system throughput?
-- format: .1%
SELECT
  series,
  concurrency,
  1 - tokens * tpot.value / latency.value AS value,
  1 - tokens * tpot.high / (ttft.low + (tokens - 1) * tpot.high) AS low,
  1 - tokens * tpot.low / (ttft.high + (tokens - 1) * tpot.low) AS high,
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources
FROM mtp_reply
WHERE reply = 'published'
