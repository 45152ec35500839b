-- Which throughput does each bandwidth allow, if a step reads the bytes of the model card, with and without the KV cache?
-- format: .0f tok/s
SELECT
  checkpoint_id,
  counted.reads,
  bandwidth.name AS bandwidth,
  tokens,
  unnest(exact(tokens * bandwidth.value * 1e9 / counted.bytes)),
  'tok/s' AS unit,
  'none' AS interval_kind,
  merged(step.sources, bandwidth.sources) AS sources
FROM
  step_as_awq AS step
  CROSS JOIN gpu_bandwidth AS bandwidth
  CROSS JOIN LATERAL (
    VALUES
      ('weights', weights),
      ('with_kv', total)
  ) AS counted (reads, bytes)
WHERE
  tokens <= 32
  AND (
    counted.reads = 'weights'
    OR bandwidth.name = 'workstation'
  )
