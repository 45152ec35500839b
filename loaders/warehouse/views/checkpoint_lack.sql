-- What do the cards of a model leave open that is needed to count the bytes of a checkpoint's step?
WITH
  shape AS (
    SELECT
      model_checkpoint.id AS checkpoint_id,
      model_shape.*
    FROM
      model_checkpoint
      LEFT JOIN model_shape ON model_shape.model = model_checkpoint.model
  ),
  needed AS (
    SELECT
      checkpoint_id,
      'config.' || field.name AS what,
      field.value
    FROM
      shape
      CROSS JOIN LATERAL (
        VALUES
          ('num_hidden_layers', layers),
          ('hidden_size', hidden),
          ('num_attention_heads', heads),
          ('vocab_size', vocab),
          (
            'intermediate_size',
            CASE
              WHEN dense_layers > 0 THEN intermediate
              ELSE 0
            END
          ),
          (
            'moe_intermediate_size',
            CASE
              WHEN experts > 0 THEN moe_intermediate
              ELSE 0
            END
          ),
          (
            'num_experts_per_tok',
            CASE
              WHEN experts > 0 THEN experts_per_token
              ELSE 0
            END
          ),
          (
            'qk_nope_head_dim',
            CASE
              WHEN latent > 0 THEN nope_dim
              ELSE 0
            END
          ),
          (
            'qk_rope_head_dim',
            CASE
              WHEN latent > 0 THEN rope_dim
              ELSE 0
            END
          ),
          (
            'v_head_dim',
            CASE
              WHEN latent > 0 THEN value_dim
              ELSE 0
            END
          )
      ) AS field (name, value)
    UNION ALL
    SELECT
      checkpoint_id,
      CASE
        WHEN name LIKE '%gate' THEN 'router_gate'
        ELSE 'draft_projection'
      END,
      bits
    FROM checkpoint_component
  )
SELECT DISTINCT
  checkpoint_id,
  what
FROM needed
WHERE value IS NULL
