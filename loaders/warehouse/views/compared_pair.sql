-- Which two series share a load, so that they can be compared?
SELECT DISTINCT
  series,
  baseline
FROM point_ratio
ORDER BY
  series,
  baseline
