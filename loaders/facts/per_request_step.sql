-- By how much does the throughput of one request change from each concurrency to the next?
-- format: +.0%
WITH
  neighbours AS (
    SELECT
      series,
      concurrency,
      {'value': value, 'low': low, 'high': high} AS quantity,
      sources,
      lag({'value': value, 'low': low, 'high': high}) OVER by_concurrency AS before,
      lag(sources) OVER by_concurrency AS sources_before
    FROM per_request_implied
    WINDOW
      by_concurrency AS (
        PARTITION BY series
        ORDER BY concurrency
      )
  )
SELECT
  series,
  concurrency,
  unnest(shifted(ratio(quantity, before), -1)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  merged(sources, sources_before) AS sources
FROM neighbours
WHERE before IS NOT NULL
