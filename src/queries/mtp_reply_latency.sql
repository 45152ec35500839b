-- How long does a request take for a reply of the published and of a short length?
-- format: .0f ms
SELECT
  series,
  reply,
  concurrency,
  unnest(latency),
  'ms' AS unit,
  'rounding' AS interval_kind,
  sources
FROM mtp_reply
