-- Which change does a source print for one series over another, as rounded percentages?
-- format: +.0%
SELECT
  series,
  baseline,
  concurrency,
  unnest(scaled(quantity(value, half_width), 0.01)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  [{'source': source, 'place': place}] AS sources
FROM printed
WHERE role = 'derived'
