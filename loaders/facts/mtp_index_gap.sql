-- By how much is the output throughput, first token counted, below the printed kind of system throughput?
-- format: +.1%
SELECT
  series,
  concurrency,
  tokens * tpot.value / latency.value - 1 AS value,
  tokens * tpot.low / (ttft.high + (tokens - 1) * tpot.low) - 1 AS low,
  tokens * tpot.high / (ttft.low + (tokens - 1) * tpot.high) - 1 AS high,
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources
FROM mtp_reply
WHERE reply = 'published'
