-- Between which neighbouring concurrencies does the lead of one series over another change its sign, and where if it is linear between them?
-- format: .1f
-- may be empty
-- The interval ends where the ends of the two leads cross, and at the two neighbours.
-- It is seen from the series that gains with concurrency, as in the findings.
WITH
  rising AS (
    SELECT
      series,
      baseline,
      series AS gaining,
      concurrency,
      quantity,
      interval_kind,
      sources
    FROM pair_ratio
    UNION ALL
    SELECT
      series,
      baseline,
      baseline,
      concurrency,
      ratio(exact(1), quantity),
      interval_kind,
      sources
    FROM pair_ratio
  ),
  neighbours AS (
    SELECT
      series,
      baseline,
      concurrency AS before,
      quantity AS ratio_before,
      interval_kind,
      sources,
      lead(concurrency) OVER by_concurrency AS after,
      lead(quantity) OVER by_concurrency AS ratio_after,
      lead(interval_kind) OVER by_concurrency AS kind_after,
      lead(sources) OVER by_concurrency AS sources_after
    FROM rising
    WINDOW
      by_concurrency AS (
        PARTITION BY
          series,
          baseline,
          gaining
        ORDER BY concurrency
      )
  ),
  crossing_at AS (
    SELECT
      neighbours.*,
      before + (after - before) * (1 - ratio_before.value) / (ratio_after.value - ratio_before.value) AS value,
      before + (after - before) * (1 - ratio_before.low) / nullif(ratio_after.low - ratio_before.low, 0) AS of_low,
      before + (after - before) * (1 - ratio_before.high) / nullif(ratio_after.high - ratio_before.high, 0) AS of_high
    FROM neighbours
    WHERE
      ratio_before.value < 1
      AND ratio_after.value >= 1
  )
SELECT
  series,
  baseline,
  before,
  value,
  greatest(before, least(value, of_low, of_high))::DOUBLE AS low,
  least(after, greatest(value, of_low, of_high))::DOUBLE AS high,
  'concurrency' AS unit,
  CASE
    WHEN 'none' IN (interval_kind, kind_after) THEN 'none'
    WHEN 't' IN (interval_kind, kind_after) THEN 't'
    ELSE 'rounding'
  END AS interval_kind,
  merged(sources, sources_after) AS sources
FROM crossing_at
