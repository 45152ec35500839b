-- How many parameters has each component of a model, and when is it read in a decode step?
-- reading: always, routed (only the experts a token is routed to), lookup (single rows), or uncounted in
-- bytes because it is far below a thousandth of them.
WITH
  layer AS (
    SELECT
      *,
      2 * hidden * heads * head_dim + 2 * hidden * kv_heads * head_dim AS attention,
      3 * hidden * intermediate AS dense_mlp,
      3 * hidden * moe_intermediate AS expert,
      hidden * experts AS gate,
      attention_bias * (heads + 2 * kv_heads) * head_dim + 2 * hidden + qk_norm * 2 * head_dim AS norms
    FROM model_shape
  )
SELECT
  model,
  component.position,
  component.name,
  component.part,
  component.module,
  component.reading,
  component.parameters,
  [{'source': source, 'place': place}] AS sources
FROM
  layer
  CROSS JOIN LATERAL (
    VALUES
      (1, 'attention', 'model', 'self_attn', 'always', layers * attention),
      (2, 'dense_mlp', 'model', 'mlp', 'always', dense_layers * dense_mlp),
      (3, 'routed_experts', 'model', 'experts', 'routed', moe_layers * experts * expert),
      (4, 'shared_experts', 'model', 'shared_experts', 'always', moe_layers * shared_experts * expert),
      (5, 'router_gate', 'model', 'gate', 'always', moe_layers * gate),
      (6, 'lm_head', 'model', 'lm_head', 'always', vocab * hidden),
      (7, 'embed_tokens', 'model', 'embed_tokens', 'lookup', vocab * hidden),
      (8, 'norms_and_biases', 'model', 'norm', 'uncounted', layers * norms + hidden),
      (9, 'mtp_attention', 'mtp', 'self_attn', 'always', mtp_layers * attention),
      (10, 'mtp_routed_experts', 'mtp', 'experts', 'routed', mtp_layers * experts * expert),
      (11, 'mtp_shared_experts', 'mtp', 'shared_experts', 'always', mtp_layers * shared_experts * expert),
      (12, 'mtp_router_gate', 'mtp', 'gate', 'always', mtp_layers * gate),
      (13, 'mtp_projection', 'mtp', 'eh_proj', 'always', mtp_layers * 2 * hidden * hidden),
      (14, 'mtp_shared_head', 'mtp', 'shared_head', 'always', mtp_layers * vocab * hidden),
      (15, 'mtp_embed_tokens', 'mtp_copy', 'embed_tokens', 'lookup', mtp_layers * vocab * hidden)
  ) AS component (position, name, part, module, reading, parameters)
