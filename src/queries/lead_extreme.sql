-- What are the smallest and the largest lead of AWQ over NVFP4?
-- format: .0%
SELECT
  which,
  CASE which
    WHEN 'min' THEN min(value)
    ELSE max(value)
  END AS value,
  CASE which
    WHEN 'min' THEN min(low)
    ELSE max(low)
  END AS low,
  CASE which
    WHEN 'min' THEN min(high)
    ELSE max(high)
  END AS high,
  'ratio' AS unit,
  'rounding' AS interval_kind,
  flatten(
    list(
      sources
      ORDER BY concurrency
    )
  ) AS sources
FROM
  lead
  CROSS JOIN (
    VALUES
      ('min'),
      ('max')
  ) AS bound (which)
GROUP BY which
