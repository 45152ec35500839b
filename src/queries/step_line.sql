-- Which straight line, by least squares, runs through step time against gigabytes read?
-- Intercept and slope are weighted sums of the step times, so rounding of the times carries through exactly.
WITH
  point_weights AS (
    SELECT
      series,
      concurrency,
      milliseconds,
      sources,
      weights / 1e9 AS gb,
      count(*) OVER by_series AS n,
      avg(weights / 1e9) OVER by_series AS mean_gb,
      var_pop(weights / 1e9) OVER by_series * count(*) OVER by_series AS squares
    FROM decode_step
    WINDOW
      by_series AS (
        PARTITION BY series
        ORDER BY
          concurrency ROWS BETWEEN UNBOUNDED PRECEDING
          AND UNBOUNDED FOLLOWING
      )
  ),
  shares AS (
    SELECT
      *,
      (gb - mean_gb) / squares AS slope_share,
      1 / n - mean_gb * (gb - mean_gb) / squares AS intercept_share
    FROM point_weights
    WHERE n > 2
  )
SELECT
  series,
  count(*) AS points,
  {
    'value': sum(
      slope_share * milliseconds.value
      ORDER BY concurrency
    ),
    'low': sum(
      least(slope_share * milliseconds.low, slope_share * milliseconds.high)
      ORDER BY concurrency
    ),
    'high': sum(
      greatest(slope_share * milliseconds.low, slope_share * milliseconds.high)
      ORDER BY concurrency
    )
  } AS slope,
  {
    'value': sum(
      intercept_share * milliseconds.value
      ORDER BY concurrency
    ),
    'low': sum(
      least(intercept_share * milliseconds.low, intercept_share * milliseconds.high)
      ORDER BY concurrency
    ),
    'high': sum(
      greatest(intercept_share * milliseconds.low, intercept_share * milliseconds.high)
      ORDER BY concurrency
    )
  } AS intercept,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM shares
GROUP BY series
