-- How many bytes of weights does one GPU read in a decode step in all, and how many values of the KV cache does it hold for a token?
-- A latent vector is not divided among GPUs, and no key-value head is.
WITH
  weights AS (
    SELECT
      checkpoint_id,
      gpus,
      tokens,
      coalesce(
        sum(
          bytes
          ORDER BY position
        ) FILTER (reading = 'always'),
        0
      ) AS fixed,
      coalesce(
        sum(
          bytes
          ORDER BY position
        ) FILTER (reading = 'routed'),
        0
      ) AS routed,
      list_sort(list_distinct(flatten(list(sources)))) AS sources
    FROM step_component
    WHERE part = 'model'
    GROUP BY
      checkpoint_id,
      gpus,
      tokens
  )
SELECT
  checkpoint_id,
  model_checkpoint.model,
  gpus,
  tokens,
  fixed,
  routed,
  fixed + routed AS weights,
  shape.layers * CASE
    WHEN latent IS NULL THEN 2 * head_dim * greatest(kv_heads / gpus, 1)
    ELSE latent + rope_dim
  END AS kv_values,
  weights.sources
FROM
  weights
  JOIN model_checkpoint ON model_checkpoint.id = weights.checkpoint_id
  JOIN model_shape AS shape ON shape.model = model_checkpoint.model
