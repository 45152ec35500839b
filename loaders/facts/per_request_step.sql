-- By how much does the throughput of one request change from each concurrency to the next?
-- format: +.0%
WITH
  neighbours AS (
    SELECT
      series,
      concurrency,
      {'value': value, 'low': low, 'high': high} AS quantity,
      sources,
      lag({'value': value, 'low': low, 'high': high}) OVER (
        PARTITION BY series
        ORDER BY concurrency
      ) AS before
    FROM per_request_implied
  )
SELECT
  series,
  concurrency,
  unnest(shifted(ratio(quantity, before), -1)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources
FROM neighbours
WHERE before IS NOT NULL
