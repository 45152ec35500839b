-- What is the shape of each model, by its config.json?
-- Fields have their names and meanings from transformers: a model without experts is dense; without
-- num_key_value_heads, each head has its own keys and values. latent is the width of the single vector that
-- multi-head latent attention keeps for all heads; NULL if there are keys and values.
WITH
  config AS (
    SELECT
      model,
      max(value) FILTER (field = 'num_hidden_layers') AS layers,
      max(value) FILTER (field = 'first_k_dense_replace') AS first_dense,
      max(value) FILTER (field = 'hidden_size') AS hidden,
      max(value) FILTER (field = 'num_attention_heads') AS heads,
      max(value) FILTER (field = 'num_key_value_heads') AS kv_heads,
      max(value) FILTER (field = 'head_dim') AS head_dim,
      max(value) FILTER (field = 'kv_lora_rank') AS latent,
      max(value) FILTER (field = 'q_lora_rank') AS query_latent,
      max(value) FILTER (field = 'qk_nope_head_dim') AS nope_dim,
      max(value) FILTER (field = 'qk_rope_head_dim') AS rope_dim,
      max(value) FILTER (field = 'v_head_dim') AS value_dim,
      max(value) FILTER (field = 'intermediate_size') AS intermediate,
      max(value) FILTER (field = 'moe_intermediate_size') AS moe_intermediate,
      coalesce(max(value) FILTER (field IN ('n_routed_experts', 'num_experts', 'num_local_experts')), 0) AS experts,
      max(value) FILTER (field = 'num_experts_per_tok') AS experts_per_token,
      coalesce(max(value) FILTER (field = 'n_shared_experts'), 0) AS shared_experts,
      max(value) FILTER (field = 'shared_expert_intermediate_size') AS shared_intermediate,
      max(value) FILTER (field = 'vocab_size') AS vocab,
      coalesce(max(value) FILTER (field = 'tie_word_embeddings'), 0) AS tied,
      coalesce(max(value) FILTER (field = 'num_nextn_predict_layers'), 0) AS draft_layers,
      coalesce(max(value) FILTER (field = 'attention_bias'), 0) AS attention_bias,
      coalesce(max(value) FILTER (field = 'use_qk_norm'), 0) AS qk_norm
    FROM model_config
    GROUP BY model
  )
SELECT
  model.id AS model,
  layers,
  CASE experts
    WHEN 0 THEN layers
    ELSE coalesce(first_dense, 0)
  END AS dense_layers,
  layers - dense_layers AS moe_layers,
  hidden,
  heads,
  coalesce(kv_heads, heads) AS kv_heads,
  coalesce(head_dim, hidden / heads) AS head_dim,
  latent,
  query_latent,
  nope_dim,
  rope_dim,
  value_dim,
  intermediate,
  coalesce(moe_intermediate, intermediate) AS moe_intermediate,
  experts,
  experts_per_token,
  coalesce(shared_intermediate, shared_experts * moe_intermediate, 0) AS shared_intermediate,
  vocab,
  tied,
  draft_layers,
  attention_bias,
  qk_norm,
  model.source,
  model.place
FROM
  model
  JOIN config ON config.model = model.id
