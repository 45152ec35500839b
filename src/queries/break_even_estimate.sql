-- At which concurrency does each margin pass zero, along a linear and along a logarithmic axis?
-- The lower either margin is, the later the crossing, so its ends are at the ends of both.
WITH
  neighbours AS (
    SELECT
      *,
      lead(concurrency) OVER by_concurrency AS after,
      lead(margin) OVER by_concurrency AS margin_after,
      lead(sources) OVER by_concurrency AS sources_after
    FROM break_even_margin
    WINDOW
      by_concurrency AS (
        PARTITION BY
          basis,
          quantity
        ORDER BY concurrency
      )
  ),
  placed AS (
    SELECT
      *,
      CASE axis
        WHEN 'linear' THEN concurrency
        ELSE log2(concurrency)
      END AS x0,
      CASE axis
        WHEN 'linear' THEN after
        ELSE log2(after)
      END AS x1
    FROM
      neighbours
      CROSS JOIN (
        VALUES
          ('linear'),
          ('log2')
      ) AS scale (axis)
    WHERE
      margin.value < 0
      AND margin_after.value >= 0
  ),
  crossed AS (
    SELECT
      *,
      bounded(
        zero_between(x0, margin.value, x1, margin_after.value),
        zero_between(x0, margin.high, x1, margin_after.high),
        zero_between(x0, margin.low, x1, margin_after.low)
      ) AS x
    FROM placed
  )
SELECT
  basis,
  quantity,
  axis,
  CASE axis
    WHEN 'linear' THEN x
    ELSE bounded(2 ** x.value, 2 ** x.low, 2 ** x.high)
  END AS concurrency,
  merged(sources, sources_after) AS sources
FROM crossed
