-- To which share could the throughput of a run fall if its requests ended one by one?
-- format: .1%
SELECT
  concurrency,
  unnest(exact(prompts.value / (prompts.value + concurrency - 1))),
  'ratio' AS unit,
  'none' AS interval_kind,
  merged(prompts.sources, operand.sources) AS sources
FROM
  mtp_pair AS operand
  CROSS JOIN setting_number AS prompts
WHERE
  prompts.series = 'awq'
  AND prompts.field = 'num_prompts'
