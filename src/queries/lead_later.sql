-- What are the smallest and the largest lead of AWQ over NVFP4 by each measure of later evidence?
-- format: .0%
WITH
  later_lead AS (
    SELECT
      'per_request' AS measure,
      *
    FROM lead_per_request
    UNION ALL
    SELECT
      'rerun',
      *
    FROM lead_rerun
  )
SELECT
  measure,
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
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM
  later_lead
  CROSS JOIN (
    VALUES
      ('min'),
      ('max')
  ) AS bound (which)
GROUP BY
  measure,
  which
