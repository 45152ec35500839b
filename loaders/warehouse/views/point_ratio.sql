-- How many times another's value does a series reach at an offered load, and is the difference more than scatter?
-- The interval, with repeats on both sides: Welch's t on the logarithm of the ratio, at 95 %. With printed numbers:
-- their rounding. With repeats on one side: their 95 % interval and the rounding of the other, whose scatter is
-- unknown. With fewer than three runs: none.
WITH
  pair AS (
    SELECT
      a.series,
      b.series AS baseline,
      a.metric,
      a.offered_load,
      a.value / b.value AS ratio,
      a.low / b.high AS low,
      a.high / b.low AS high,
      CASE
        WHEN a.interval_kind = 'none'
        OR b.interval_kind = 'none' THEN 'none'
        -- A value that may be 0 can be exceeded any number of times.
        WHEN b.low <= 0
        AND a.interval_kind <> b.interval_kind THEN 'none'
        WHEN a.interval_kind = 't'
        OR b.interval_kind = 't' THEN 't'
        ELSE 'rounding'
      END AS interval_kind,
      a.interval_kind = 't'
      AND b.interval_kind = 't' AS both_repeated,
      a.variance / (a.repeats * a.value ** 2) AS scatter,
      b.variance / (b.repeats * b.value ** 2) AS baseline_scatter,
      scatter ** 2 / (a.repeats - 1) + baseline_scatter ** 2 / (b.repeats - 1) AS weight,
      a.semantics,
      b.semantics AS baseline_semantics,
      merged(a.sources, b.sources) AS sources
    FROM
      compared_point AS a
      JOIN compared_point AS b ON b.metric = a.metric
      AND b.offered_load = a.offered_load
      AND a.series < b.series
      JOIN series AS card ON card.id = a.series
      JOIN series AS baseline_card ON baseline_card.id = b.series
    WHERE
      (card.role = 'simulated') = (baseline_card.role = 'simulated')
      -- Later evidence is not mixed with published evidence; measurements can be compared with either.
      AND (
        card.role = baseline_card.role
        OR 'measured' IN (card.role, baseline_card.role)
      )
  ),
  welch AS (
    SELECT
      pair.*,
      coalesce((scatter + baseline_scatter) ** 2 / nullif(weight, 0), 1) AS df
    FROM pair
  ),
  spread AS (
    SELECT
      welch.*,
      exp(
        coalesce(
          (
            SELECT min(t)
            FROM t_quantile
            WHERE t_quantile.df <= greatest(round(welch.df, 6), 1)
          ),
          0
        ) * sqrt(scatter + baseline_scatter)
      ) AS factor
    FROM welch
  ),
  bounded AS (
    SELECT
      series,
      baseline,
      metric,
      offered_load,
      CASE
        WHEN interval_kind = 'none' THEN exact(ratio)
        WHEN both_repeated THEN {'value': ratio, 'low': ratio / factor, 'high': ratio * factor}
        ELSE {'value': ratio, 'low': low, 'high': high}
      END AS quantity,
      interval_kind,
      both_repeated,
      semantics,
      baseline_semantics,
      sources
    FROM spread
  )
SELECT
  bounded.* EXCLUDE (both_repeated),
  CASE
    WHEN interval_kind = 'none' THEN 'too few runs'
    WHEN both_repeated THEN CASE
      WHEN is_beyond THEN 'significant'
      ELSE 'not significant'
    END
    WHEN interval_kind = 'rounding' THEN CASE
      WHEN is_beyond THEN 'beyond rounding; scatter unknown'
      ELSE 'within rounding'
    END
    WHEN is_beyond THEN 'beyond repeats and rounding; scatter of one side unknown'
    ELSE 'within repeats and rounding'
  END AS significance
FROM
  bounded
  CROSS JOIN LATERAL (
    SELECT
      quantity.low > 1
      OR quantity.high < 1 AS is_beyond
  )
