-- In how many fields do the cards of two series that can be compared differ, or leave open whether they differ?
-- format: .0f
-- may be empty
SELECT
  pair.series,
  pair.baseline,
  which,
  unnest(exact(count(difference.field) FILTER (replace(difference.kind, ' ', '_') = which))),
  'fields' AS unit,
  'none' AS interval_kind,
  [{'source': a.source, 'place': a.place}, {'source': b.source, 'place': b.place}] AS sources
FROM
  (
    SELECT DISTINCT
      series,
      baseline
    FROM point_ratio
  ) AS pair
  JOIN series AS a ON a.id = pair.series
  JOIN series AS b ON b.id = pair.baseline
  CROSS JOIN (
    VALUES
      ('differs'),
      ('differs_from_run_to_run'),
      ('not_stated_for_one'),
      ('not_stated_for_either')
  ) AS counted (which)
  LEFT JOIN configuration_difference AS difference ON difference.series = pair.series
  AND difference.baseline = pair.baseline
GROUP BY
  pair.series,
  pair.baseline,
  which,
  a.source,
  a.place,
  b.source,
  b.place
