-- Between which neighbouring concurrencies does the lead of one series over another change its sign, is the sign settled at both, and where is it zero if it is linear between them?
-- The lead is seen from the series that gains with concurrency. Its sign is settled if it has an interval and this
-- excludes zero. The interval of the zero ends where the ends of the two leads cross.
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
      CASE
        WHEN interval_kind = 'none' THEN 'too few runs'
        WHEN ratio_before.high >= 1 THEN 'includes zero'
        ELSE 'settled'
      END AS sign_before,
      CASE
        WHEN kind_after = 'none' THEN 'too few runs'
        WHEN ratio_after.low <= 1 THEN 'includes zero'
        ELSE 'settled'
      END AS sign_after,
      zero_between(before, ratio_before.value - 1, after, ratio_after.value - 1) AS value,
      zero_between(before, ratio_before.low - 1, after, ratio_after.low - 1) AS of_low,
      zero_between(before, ratio_before.high - 1, after, ratio_after.high - 1) AS of_high,
      CASE
        WHEN 'none' IN (interval_kind, kind_after) THEN 'none'
        WHEN 't' IN (interval_kind, kind_after) THEN 't'
        ELSE 'rounding'
      END AS kind
    FROM neighbours
    WHERE
      ratio_before.value < 1
      AND ratio_after.value >= 1
  )
SELECT
  series,
  baseline,
  before,
  after,
  sign_before,
  sign_after,
  CASE
    WHEN sign_before = 'settled'
    AND sign_after = 'settled' THEN {'value': value, 'low': least(of_low, of_high), 'high': greatest(of_low, of_high)}
  END AS quantity,
  kind AS interval_kind,
  merged(sources, sources_after) AS sources
FROM crossing_at
