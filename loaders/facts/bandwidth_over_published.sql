-- By how much does each bandwidth exceed the published one?
-- format: +.0%
SELECT
  a.name AS bandwidth,
  unnest(exact(a.value / b.value - 1)),
  'ratio' AS unit,
  'none' AS interval_kind,
  merged(a.sources, b.sources) AS sources
FROM
  gpu_bandwidth AS a
  JOIN gpu_bandwidth AS b ON b.name = 'published'
WHERE a.name <> 'published'
