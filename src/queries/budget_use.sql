-- What share of the token budget of a step could all prompts together fill, at each shared concurrency?
-- format: .0%
SELECT
  budget.series,
  lead.concurrency,
  unnest(exact(lead.concurrency * prompt.value / budget.value)),
  'ratio' AS unit,
  'none' AS interval_kind,
  merged(prompt.sources, budget.sources) AS sources
FROM
  lead
  CROSS JOIN setting_number AS prompt
  CROSS JOIN setting_number AS budget
WHERE
  prompt.series = 'awq'
  AND prompt.field = 'input_len'
  AND budget.series IN ('awq', 'nvfp4')
  AND budget.field = 'max_num_batched_tokens'
