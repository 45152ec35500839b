-- How many bytes of KV cache belong to a token, and to the mean context of a request?
-- format: .0f B
SELECT
  measure.which,
  unnest(exact(measure.value)),
  measure.unit,
  'none' AS interval_kind,
  measure.format,
  sources
FROM
  step_tokens
  CROSS JOIN LATERAL (
    VALUES
      ('token', 2 * kv_values, 'B', '.0f B'),
      ('token_gpu', 2 * kv_values / gpus, 'B', '.0f B'),
      ('token_gpu_fp8', kv_values / gpus, 'B', '.0f B'),
      ('request_gpu', 2 * kv_values / gpus * context / 1e6, 'MB', '.1f MB'),
      ('context', context, 'tokens', '.0f tokens')
  ) AS measure (which, value, unit, format)
WHERE tokens = 1
