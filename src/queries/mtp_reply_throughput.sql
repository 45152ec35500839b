-- What output throughput follows if the time to first token is counted, with all requests in flight alike?
-- format: .1f tok/s
SELECT
  series,
  reply,
  concurrency,
  unnest(ratio(exact(1000 * concurrency * tokens), latency)),
  'tok/s' AS unit,
  'rounding' AS interval_kind,
  sources
FROM mtp_reply
