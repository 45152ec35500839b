-- At which concurrency does MTP break even once the time to first token is counted, interpolated linearly?
-- format: .1f
WITH
  neighbours AS (
    SELECT
      *,
      lead(concurrency) OVER by_concurrency AS after,
      lead(bounded(value, low, high)) OVER by_concurrency AS change_after,
      lead(sources) OVER by_concurrency AS sources_after
    FROM mtp_reply_change
    WINDOW
      by_concurrency AS (
        PARTITION BY reply
        ORDER BY concurrency
      )
  )
SELECT
  reply,
  zero_between(concurrency, value, after, change_after.value) AS value,
  zero_between(concurrency, high, after, change_after.high) AS low,
  zero_between(concurrency, low, after, change_after.low) AS high,
  'concurrency' AS unit,
  'rounding' AS interval_kind,
  merged(sources, sources_after) AS sources
FROM neighbours
WHERE
  value < 0
  AND change_after.value >= 0
