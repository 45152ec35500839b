-- How many parameters has each component of a model, and when is it read in a decode step?
-- reading: always, routed (only the experts that a token is routed to), lookup (single rows), or uncounted (far below
-- a thousandth of the bytes). part: model, draft (the layers that predict further tokens), or draft_copy, which a
-- server shares with the model. whole: each GPU holds all of it.
WITH
  layer AS (
    SELECT
      *,
      CASE
        WHEN latent IS NULL THEN 2 * hidden * heads * head_dim + 2 * hidden * kv_heads * head_dim
        ELSE coalesce(query_latent, hidden) * heads * (nope_dim + rope_dim) + latent * heads * (nope_dim + value_dim) + heads * value_dim * hidden
      END AS attention,
      CASE
        WHEN latent IS NULL THEN 0
        ELSE coalesce(hidden * query_latent, 0) + hidden * (latent + rope_dim)
      END AS latent_projections,
      3 * hidden * intermediate AS dense_mlp,
      3 * hidden * moe_intermediate AS expert,
      3 * hidden * shared_intermediate AS shared_expert,
      hidden * experts AS gate,
      CASE
        WHEN latent IS NULL THEN attention_bias * (heads + 2 * kv_heads) * head_dim + qk_norm * 2 * head_dim
        ELSE coalesce(query_latent, 0) + latent
      END + 2 * hidden AS norms
    FROM model_shape
  )
SELECT
  model,
  component.position,
  component.name,
  component.part,
  component.module,
  component.reading,
  component.whole,
  component.parameters,
  [{'source': source, 'place': place}] AS sources
FROM
  layer
  CROSS JOIN LATERAL (
    VALUES
      (1, 'attention', 'model', 'self_attn', 'always', FALSE, layers * attention),
      (2, 'latent_projections', 'model', 'self_attn', 'always', TRUE, layers * latent_projections),
      (3, 'dense_mlp', 'model', 'mlp', 'always', FALSE, dense_layers * dense_mlp),
      (4, 'routed_experts', 'model', 'experts', 'routed', FALSE, moe_layers * experts * expert),
      (5, 'shared_experts', 'model', 'shared_experts', 'always', FALSE, moe_layers * shared_expert),
      (6, 'router_gate', 'model', 'gate', 'always', FALSE, moe_layers * gate),
      (7, 'lm_head', 'model', 'lm_head', 'always', FALSE, vocab * hidden),
      (8, 'embed_tokens', 'model', 'embed_tokens', 'lookup', FALSE, (1 - tied) * vocab * hidden),
      (9, 'norms_and_biases', 'model', 'norm', 'uncounted', FALSE, layers * norms + hidden),
      (10, 'draft_attention', 'draft', 'self_attn', 'always', FALSE, draft_layers * attention),
      (
        11,
        'draft_latent_projections',
        'draft',
        'self_attn',
        'always',
        TRUE,
        draft_layers * latent_projections
      ),
      (
        12,
        'draft_dense_mlp',
        'draft',
        'mlp',
        'always',
        FALSE,
        CASE experts
          WHEN 0 THEN draft_layers * dense_mlp
        END
      ),
      (13, 'draft_routed_experts', 'draft', 'experts', 'routed', FALSE, draft_layers * experts * expert),
      (
        14,
        'draft_shared_experts',
        'draft',
        'shared_experts',
        'always',
        FALSE,
        draft_layers * shared_expert
      ),
      (15, 'draft_router_gate', 'draft', 'gate', 'always', FALSE, draft_layers * gate),
      (16, 'draft_projection', 'draft', 'eh_proj', 'always', FALSE, draft_layers * 2 * hidden * hidden),
      (17, 'draft_shared_head', 'draft', 'shared_head', 'always', FALSE, draft_layers * vocab * hidden),
      (
        18,
        'draft_embed_tokens',
        'draft_copy',
        'embed_tokens',
        'lookup',
        FALSE,
        draft_layers * vocab * hidden
      )
  ) AS component (position, name, part, module, reading, whole, parameters)
WHERE component.parameters > 0
