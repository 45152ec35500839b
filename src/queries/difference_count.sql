-- In how many fields besides the quantisation do two cards differ, or leave open whether they differ?
-- format: .0f
WITH
  pair (series, baseline) AS (
    VALUES
      ('awq', 'nvfp4'),
      ('awq-rerun', 'nvfp4-rerun'),
      ('awq-mtp1', 'awq')
  )
SELECT
  pair.series,
  pair.baseline,
  counted.kind,
  unnest(exact(count(difference.field))),
  'fields' AS unit,
  'none' AS interval_kind,
  [{'source': a.source, 'place': a.place}, {'source': b.source, 'place': b.place}] AS sources
FROM
  pair
  CROSS JOIN (
    VALUES
      ('differs'),
      ('not_stated_for_one'),
      ('not_stated_for_either')
  ) AS counted (kind)
  JOIN series AS a ON a.id = pair.series
  JOIN series AS b ON b.id = pair.baseline
  LEFT JOIN configuration_difference AS difference ON difference.series = pair.series
  AND difference.baseline = pair.baseline
  AND replace(difference.kind, ' ', '_') = counted.kind
  AND difference.field <> 'quantisation'
GROUP BY
  pair.series,
  pair.baseline,
  counted.kind,
  a.source,
  a.place,
  b.source,
  b.place
