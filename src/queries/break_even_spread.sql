-- Which are the lowest and the highest break-even of all methods, and how far are they apart?
-- format: .1f
WITH
  method AS (
    SELECT
      min(value) AS min_value,
      min(low) AS min_low,
      min(high) AS min_high,
      max(value) AS max_value,
      max(low) AS max_low,
      max(high) AS max_high,
      list_sort(list_distinct(flatten(list(sources)))) AS sources
    FROM break_even_method
    WHERE basis = 'printed_tpot'
  )
SELECT
  which,
  unnest(
    CASE which
      WHEN 'min' THEN bounded(min_value, min_low, min_high)
      WHEN 'max' THEN bounded(max_value, max_low, max_high)
      ELSE bounded(max_value - min_value, greatest(max_low - min_high, 0), max_high - min_low)
    END
  ),
  'concurrency' AS unit,
  'rounding' AS interval_kind,
  sources
FROM
  method
  CROSS JOIN (
    VALUES
      ('min'),
      ('max'),
      ('width')
  ) AS bound (which)
