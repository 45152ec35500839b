-- With which others can each series be compared, and on which page?
SELECT
  of_series,
  other,
  series || '-vs-' || baseline AS pair
FROM
  compared_pair
  CROSS JOIN LATERAL (
    VALUES
      (series, baseline),
      (baseline, series)
  ) AS side (of_series, other)
ORDER BY
  series,
  baseline,
  of_series
