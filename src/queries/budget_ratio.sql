-- How many times NVFP4's token budget is AWQ's?
-- format: .1f
SELECT
  unnest(exact(a.value / b.value)),
  'ratio' AS unit,
  'none' AS interval_kind,
  merged(a.sources, b.sources) AS sources
FROM
  setting_number AS a
  JOIN setting_number AS b ON b.field = a.field
WHERE
  a.series = 'awq'
  AND b.series = 'nvfp4'
  AND a.field = 'max_num_batched_tokens'
