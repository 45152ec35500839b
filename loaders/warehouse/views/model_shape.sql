-- What is the shape of each model, one column a field of its config.json?
SELECT
  model.id AS model,
  max(value) FILTER (field = 'num_hidden_layers') AS layers,
  max(value) FILTER (field = 'first_k_dense_replace') AS dense_layers,
  max(value) FILTER (field = 'num_hidden_layers') - max(value) FILTER (field = 'first_k_dense_replace') AS moe_layers,
  max(value) FILTER (field = 'hidden_size') AS hidden,
  max(value) FILTER (field = 'num_attention_heads') AS heads,
  max(value) FILTER (field = 'num_key_value_heads') AS kv_heads,
  max(value) FILTER (field = 'head_dim') AS head_dim,
  max(value) FILTER (field = 'intermediate_size') AS intermediate,
  max(value) FILTER (field = 'moe_intermediate_size') AS moe_intermediate,
  max(value) FILTER (field = 'n_routed_experts') AS experts,
  max(value) FILTER (field = 'num_experts_per_tok') AS experts_per_token,
  max(value) FILTER (field = 'n_shared_experts') AS shared_experts,
  max(value) FILTER (field = 'vocab_size') AS vocab,
  max(value) FILTER (field = 'num_nextn_predict_layers') AS mtp_layers,
  max(value) FILTER (field = 'attention_bias') AS attention_bias,
  max(value) FILTER (field = 'use_qk_norm') AS qk_norm,
  any_value(model.source) AS source,
  any_value(model.place) AS place
FROM
  model
  JOIN model_config ON model_config.model = model.id
GROUP BY model.id
