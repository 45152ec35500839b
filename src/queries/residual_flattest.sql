-- At which acceptance rate would the residual depend least on the concurrency, and how far would it still spread?
-- format: .1f ms
WITH
  line AS (
    SELECT
      concurrency,
      tpot.value AS slope,
      tpot.value - verifying_step.value AS at_zero,
      sources_with_doubled AS sources
    FROM mtp_step
    WHERE verifying_step IS NOT NULL
  ),
  -- The spread is convex and piecewise linear: it is least where two lines meet, or at an end.
  candidate AS (
    SELECT 0.0::DOUBLE AS acceptance
    UNION
    SELECT 1.0::DOUBLE
    UNION
    SELECT (b.at_zero - a.at_zero) / (a.slope - b.slope)
    FROM
      line AS a
      JOIN line AS b ON b.concurrency > a.concurrency
      AND b.slope <> a.slope
  ),
  spread AS (
    SELECT
      acceptance,
      max(at_zero + acceptance * slope) - min(at_zero + acceptance * slope) AS width,
      list_sort(list_distinct(flatten(list(sources)))) AS sources
    FROM
      candidate
      CROSS JOIN line
    WHERE acceptance BETWEEN 0 AND 1
    GROUP BY acceptance
  ),
  least AS (
    SELECT *
    FROM spread
    ORDER BY
      width,
      acceptance
    LIMIT
      1
  )
SELECT
  what,
  unnest(
    exact(
      CASE what
        WHEN 'acceptance' THEN acceptance
        ELSE width
      END
    )
  ),
  CASE what
    WHEN 'acceptance' THEN 'ratio'
    ELSE 'ms'
  END AS unit,
  CASE what
    WHEN 'acceptance' THEN '.1%'
    ELSE '.1f ms'
  END AS format,
  'none' AS interval_kind,
  sources
FROM
  least
  CROSS JOIN (
    VALUES
      ('acceptance'),
      ('spread')
  ) AS result (what)
