-- What are the smallest and the largest lead of AWQ over NVFP4 by each measure of later evidence?
-- format: .0%
WITH
  lead_by_measure AS (
    SELECT
      measure,
      unnest(shifted(quantity, -1)),
      sources
    FROM later_lead
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
  lead_by_measure
  CROSS JOIN (
    VALUES
      ('min'),
      ('max')
  ) AS bound (which)
GROUP BY
  measure,
  which
