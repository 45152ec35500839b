-- How many bytes of each component does one GPU read in a decode step?
-- format: .2f GB
SELECT
  checkpoint_id,
  name AS component,
  tokens,
  unnest(exact(bytes / 1e9)),
  'GB' AS unit,
  'none' AS interval_kind,
  sources
FROM component_as_awq
WHERE
  part = 'model'
  AND tokens IN (1, 4, 16)
