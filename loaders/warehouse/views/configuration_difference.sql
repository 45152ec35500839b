-- In which fields do two series differ, or leave open whether they differ, by their cards and result files?
SELECT
  a.series,
  b.series AS baseline,
  a.position,
  a.field,
  a.text AS text,
  b.text AS baseline_text,
  CASE
    WHEN a.varies
    OR b.varies THEN 'differs from run to run'
    WHEN a.text IS NULL
    AND b.text IS NULL THEN 'not stated for either'
    WHEN a.text IS NULL
    OR b.text IS NULL THEN 'not stated for one'
    ELSE 'differs'
  END AS kind,
  [{'source': sa.source, 'place': sa.place}, {'source': sb.source, 'place': sb.place}] AS sources
FROM
  stated_setting AS a
  JOIN stated_setting AS b ON b.field = a.field
  AND b.series <> a.series
  JOIN series AS sa ON sa.id = a.series
  JOIN series AS sb ON sb.id = b.series
WHERE
  a.text IS DISTINCT FROM b.text
  OR a.text IS NULL
