-- With which others can each series be compared, and which of the two stands first?
SELECT
  series AS of_series,
  baseline AS other,
  series || '-vs-' || baseline AS pair
FROM compared_pair
UNION ALL
SELECT
  baseline,
  series,
  series || '-vs-' || baseline
FROM compared_pair
ORDER BY pair
