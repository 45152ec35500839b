-- How many times NVFP4's token budget is AWQ's?
-- format: .1f
SELECT
  unnest(exact(a.value / b.value)),
  'ratio' AS unit,
  'none' AS interval_kind,
  << << << < HEAD merged(a.sources, b.sources) AS sources
FROM
  setting_number AS a
  JOIN setting_number AS b ON b.field = a.field
WHERE a.series = 'awq' == == == = [{'source': sa.source, 'place': sa.place}, {'source': sb.source, 'place': sb.place}] AS sources
FROM
  setting AS a
  JOIN setting AS b ON b.field = a.field
  JOIN series AS sa ON sa.id = a.series
  JOIN series AS sb ON sb.id = b.series
WHERE
  a.series = 'awq' >> >> >> > tests
  AND b.series = 'nvfp4'
  AND a.field = 'max_num_batched_tokens'
