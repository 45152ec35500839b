-- Between which two neighbouring concurrencies does the speed-up of one series over another pass 1?
WITH
  neighbours AS (
    SELECT
      series,
      baseline,
      concurrency AS before,
      quantity AS ratio_before,
      sources,
      lead(concurrency) OVER by_concurrency AS after,
      lead(quantity) OVER by_concurrency AS ratio_after,
      lead(sources) OVER by_concurrency AS sources_after
    FROM speedup
    WINDOW
      by_concurrency AS (
        PARTITION BY
          series,
          baseline
        ORDER BY concurrency
      )
  )
SELECT
  series,
  baseline,
  before,
  after,
  ratio_before,
  ratio_after,
  merged(sources, sources_after) AS sources
FROM neighbours
WHERE
  ratio_before.value < 1
  AND ratio_after.value >= 1
