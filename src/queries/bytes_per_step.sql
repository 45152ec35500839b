-- How many bytes does one GPU read in a decode step, by tokens in the step?
-- format: .2f GB
SELECT
  checkpoint_id,
  part.name AS part,
  tokens,
  unnest(exact(part.bytes / 1e9)),
  'GB' AS unit,
  'none' AS interval_kind,
  CASE part.name
    WHEN 'all_gpus' THEN '.1f GB'
    ELSE '.2f GB'
  END AS format,
  sources
FROM
  step_as_awq
  CROSS JOIN LATERAL (
    VALUES
      ('fixed', fixed),
      ('routed', routed),
      ('weights', weights),
      ('kv', kv),
      ('total', total),
      ('all_gpus', weights * gpus)
  ) AS part (name, bytes)
WHERE tokens <= 32
