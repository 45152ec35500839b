-- How many bytes of KV cache belong to a token, and to the mean context of a request?
-- format: .0f B
WITH
  cache AS (
    SELECT
      shape.layers * 2 * shape.kv_heads * shape.head_dim AS kv_values,
      awq.gpus,
      awq.context,
      merged([{'source': shape.source, 'place': shape.place}], awq.sources) AS sources
    FROM
      model_shape AS shape
      JOIN deployment AS awq ON awq.model = shape.model
    WHERE awq.series = 'awq'
  )
SELECT
  measure.which,
  unnest(exact(measure.value)),
  measure.unit,
  'none' AS interval_kind,
  measure.format,
  sources
FROM
  cache
  CROSS JOIN LATERAL (
    VALUES
      ('token', 2 * kv_values, 'B', '.0f B'),
      ('token_gpu', 2 * kv_values / gpus, 'B', '.0f B'),
      ('token_gpu_fp8', kv_values / gpus, 'B', '.0f B'),
      ('request_gpu', 2 * kv_values / gpus * context / 1e6, 'MB', '.1f MB'),
      ('context', context, 'tokens', '.0f tokens')
  ) AS measure (which, value, unit, format)
