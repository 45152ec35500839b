-- How many bytes of weights does one GPU read for a step of so many tokens, in the model and in its MTP layer?
-- From the fields of config.json, quantized as the AWQ checkpoint says, at TP=4. Experts are counted as
-- distinct ones under independent uniform routing. The router gate and eh_proj are whole on every GPU.
WITH
  config AS (
    SELECT
      4 AS gpus,
      92 AS layers,
      3 AS dense_layers,
      1 AS mtp_layers,
      5120 AS hidden,
      96 AS heads,
      8 AS kv_heads,
      128 AS head_dim,
      12288 AS intermediate,
      1536 AS moe_intermediate,
      160 AS experts,
      8 AS experts_per_token,
      151552 AS vocab,
      (4 + 16 / 128 + 4 / 128) / 8 AS packed,
      2 AS half,
      4 AS single
  ),
  component AS (
    SELECT
      *,
      2 * hidden * (heads + kv_heads) * head_dim * packed / gpus AS attention,
      3 * hidden * intermediate * packed / gpus AS dense_mlp,
      3 * hidden * moe_intermediate * packed / gpus AS expert,
      3 * hidden * moe_intermediate * half / gpus AS shared_expert,
      vocab * hidden * half / gpus AS head,
      hidden * experts * single AS gate,
      2 * hidden * hidden * half AS projection
    FROM config
  ),
  step AS (
    SELECT
      *,
      experts * (1 - (1 - experts_per_token / experts) ** tokens) AS distinct_experts
    FROM
      component
      CROSS JOIN (
        VALUES
          (1),
          (2),
          (4),
          (8),
          (16),
          (32)
      ) AS size (tokens)
  )
SELECT
  tokens,
  distinct_experts,
  layers * attention + dense_layers * dense_mlp + (layers - dense_layers) * (distinct_experts * expert + shared_expert + gate) + head AS model_bytes,
  mtp_layers * (attention + distinct_experts * expert + shared_expert + gate + projection + head) AS layer_bytes,
  [
    {'source': 'glm-4-7-config', 'place': 'config.json'},
    {'source': 'quanttrio-awq', 'place': 'quantization_config'},
    {'source': 'vllm-glm4-moe', 'place': 'class Glm4MoE, gate'},
    {'source': 'vllm-glm4-moe-mtp', 'place': 'eh_proj'}
  ] AS sources
FROM step
