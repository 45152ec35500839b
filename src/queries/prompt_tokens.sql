-- How many prompt tokens are in flight at most, at each shared concurrency?
-- format: .0f tokens
SELECT
  lead.concurrency,
  unnest(exact(lead.concurrency * prompt.value)),
  'tokens' AS unit,
  'none' AS interval_kind,
  prompt.sources
FROM
  lead
  CROSS JOIN setting_number AS prompt
WHERE
  prompt.series = 'awq'
  AND prompt.field = 'input_len'
