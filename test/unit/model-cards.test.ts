import assert from "node:assert/strict";
import {join} from "node:path";
import {describe, it} from "node:test";
import type {Evidence} from "../../loaders/evidence/schema.js";
import {readAllQueries} from "../../loaders/site/read-queries.js";
import {evaluate} from "../../loaders/warehouse/evaluate.js";
import {
  keptWhole,
  madeEvidence,
  madeHardware,
  madeModel,
  madeSeries,
  madeTable
} from "../support/made-evidence.js";
import {root} from "../support/workspace.js";

/** Only the queries of the engine: there is no report in this folder. */
const {queries} = readAllQueries(join(root, "test/support"));

/** DuckDB's answer on evidence made by hand. */
async function ask(evidence: Partial<Evidence>, sql: string): Promise<Record<string, unknown>[]> {
  const {connection, faults, close} = await evaluate(madeEvidence(evidence), queries);
  try {
    assert.deepEqual(faults, []);
    return (await connection.runAndReadAll(sql)).getRowObjectsJS();
  } finally {
    close();
  }
}

/** meta-llama/Llama-3.1-8B, with fields that no query reads. */
const llama8b = {
  architectures: ["LlamaForCausalLM"],
  attention_bias: false,
  hidden_act: "silu",
  hidden_size: 4096,
  intermediate_size: 14336,
  num_attention_heads: 32,
  num_hidden_layers: 32,
  num_key_value_heads: 8,
  rms_norm_eps: 1e-5,
  rope_scaling: {factor: 8, rope_type: "llama3"},
  tie_word_embeddings: false,
  vocab_size: 128256
};

/** meta-llama/Llama-3.2-1B. */
const llama1b = {
  ...llama8b,
  head_dim: 64,
  hidden_size: 2048,
  intermediate_size: 8192,
  num_hidden_layers: 16,
  tie_word_embeddings: true
};

/** Qwen/Qwen3-30B-A3B: no dense layer, no shared expert. */
const qwen30b = {
  head_dim: 128,
  hidden_size: 2048,
  intermediate_size: 6144,
  moe_intermediate_size: 768,
  num_attention_heads: 32,
  num_experts: 128,
  num_experts_per_tok: 8,
  num_hidden_layers: 48,
  num_key_value_heads: 4,
  vocab_size: 151936
};

/** deepseek-ai/DeepSeek-V3. */
const deepseek = {
  first_k_dense_replace: 3,
  hidden_size: 7168,
  intermediate_size: 18432,
  kv_lora_rank: 512,
  moe_intermediate_size: 2048,
  n_routed_experts: 256,
  n_shared_experts: 1,
  num_attention_heads: 128,
  num_experts_per_tok: 8,
  num_hidden_layers: 61,
  num_key_value_heads: 128,
  num_nextn_predict_layers: 1,
  q_lora_rank: 1536,
  qk_nope_head_dim: 128,
  qk_rope_head_dim: 64,
  v_head_dim: 128,
  vocab_size: 129280
};

async function componentsOf(config: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const models = [madeModel("model", config)];
  const rows = await ask({models}, "FROM model_component WHERE part = 'model' ORDER BY position");
  return Object.fromEntries(rows.map(({name, parameters}) => [String(name), parameters]));
}

async function totalOf(config: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const [row = {}] = await ask({models: [madeModel("model", config)]}, "FROM model_total");
  return row;
}

describe("the parameters of a model", () => {
  it("are those of a dense model with grouped queries", async () => {
    assert.deepEqual(await componentsOf(llama8b), {
      // 32 layers of 2 · 4096 · 32 · 128 (queries, output) + 2 · 4096 · 8 · 128 (keys, values)
      attention: 32 * 41_943_040,
      // 32 · 3 · 4096 · 14336
      dense_mlp: 32 * 176_160_768,
      // 128256 · 4096
      lm_head: 525_336_576,
      embed_tokens: 525_336_576,
      // 32 · 2 · 4096 + 4096
      norms_and_biases: 266_240
    });
    // The sum is the size of the model's weights; every parameter except the embedding is used for a token.
    const {model_only, active} = await totalOf(llama8b);
    assert.deepEqual([model_only, active], [8_030_261_248, 8_030_261_248 - 525_336_576]);
  });

  it("count an embedding that is also the output head once", async () => {
    // 16 · (2 · 2048 · 32 · 64 + 2 · 2048 · 8 · 64 + 3 · 2048 · 8192 + 2 · 2048) + 2048 + 128256 · 2048
    const {model_only} = await totalOf(llama1b);
    assert.equal(model_only, 1_235_814_400);
  });

  it("are those of a mixture of experts without a shared one", async () => {
    // A layer has 2 · 2048 · 32 · 128 + 2 · 2048 · 4 · 128 for attention, 3 · 2048 · 768 for an expert, 2048 · 128
    // for the gate and 2 · 2048 norms; the head is 151936 · 2048. A token has 8 experts of 128, and no embedding.
    const {model_only, active} = await totalOf(qwen30b);
    assert.deepEqual(
      [model_only, active],
      [
        48 * (18_874_368 + 128 * 4_718_592 + 262_144 + 4096) + 2 * 311_164_928 + 2048,
        48 * (18_874_368 + 8 * 4_718_592 + 262_144 + 4096) + 311_164_928 + 2048
      ]
    );
  });

  it("are those of a mixture of experts with latent attention", async () => {
    assert.deepEqual(await componentsOf(deepseek), {
      // 61 · (1536 · 128 · 192 + 512 · 128 · 256 + 128 · 128 · 7168)
      attention: 61 * 171_966_464,
      // 61 · (7168 · 1536 + 7168 · 576)
      latent_projections: 61 * 15_138_816,
      // 3 · 3 · 7168 · 18432
      dense_mlp: 3 * 396_361_728,
      // 58 · 256 · 3 · 7168 · 2048
      routed_experts: 58 * 256 * 44_040_192,
      shared_experts: 58 * 44_040_192,
      router_gate: 58 * 1_835_008,
      lm_head: 926_679_040,
      embed_tokens: 926_679_040,
      // 61 · (2 · 7168 + 1536 + 512) + 7168
      norms_and_biases: 1_006_592
    });
    // 671 026 419 200 are in the published weights: these, and the 58 · 256 biases that correct the routing.
    const {model_only} = await totalOf(deepseek);
    assert.equal(model_only, 671_026_419_200 - 58 * 256);
  });

  it("leave out what a model does not have", async () => {
    const names = Object.keys(await componentsOf(qwen30b));
    assert.deepEqual(names, [
      "attention",
      "routed_experts",
      "router_gate",
      "lm_head",
      "embed_tokens",
      "norms_and_biases"
    ]);
  });

  it("include a dense layer for each layer that drafts, in a dense model", async () => {
    const models = [madeModel("model", {...llama8b, num_nextn_predict_layers: 1})];
    const rows = await ask({models}, "FROM model_component WHERE part = 'draft' ORDER BY position");
    assert.deepEqual(
      rows.map(({name, parameters}) => [name, parameters]),
      [
        ["draft_attention", 41_943_040],
        ["draft_dense_mlp", 176_160_768],
        ["draft_projection", 2 * 4096 * 4096],
        ["draft_shared_head", 525_336_576]
      ]
    );
  });

  it("come from a config.json, all other fields of which are kept", async () => {
    const models = [madeModel("model", llama8b)];
    const rows = await ask(
      {models},
      "FROM model_config WHERE field IN ('hidden_act', 'rms_norm_eps', 'tie_word_embeddings') ORDER BY field"
    );
    assert.deepEqual(
      rows.map(({value, text}) => [value, text]),
      [
        [null, "silu"],
        [0.00001, "0.00001"],
        [0, "false"]
      ]
    );
    assert.deepEqual(models[0]?.config.rope_scaling, {factor: 8, rope_type: "llama3"});
  });
});

describe("the bytes of a step", () => {
  const parallel = (...sizes: number[]) =>
    sizes.map((size) => madeSeries(`tp${size}`, {tensor_parallel_size: size}));

  it("are divided among every number of GPUs on a card", async () => {
    const rows = await ask(
      {models: [madeModel("llama", llama8b)], series: parallel(1, 2)},
      "SELECT gpus, weights, kv_values FROM step_bytes WHERE tokens = 1 ORDER BY gpus"
    );
    // Two bytes each of 32 · (41 943 040 + 176 160 768) + 525 336 576; 32 layers of 8 keys and values of 128.
    assert.deepEqual(rows, [
      {gpus: 1, weights: 15_009_316_864, kv_values: 65_536},
      {gpus: 2, weights: 7_504_658_432, kv_values: 32_768}
    ]);
  });

  it("do not divide a key-value head, nor what latent attention keeps", async () => {
    const options = {router_gate: keptWhole, draft_projection: keptWhole};
    const models = [madeModel("llama", llama8b), madeModel("deepseek", deepseek, options)];
    const kept = await ask(
      {models, series: parallel(16)},
      "SELECT checkpoint_id, kv_values FROM step_bytes WHERE tokens = 1 ORDER BY checkpoint_id"
    );
    assert.deepEqual(kept, [
      {checkpoint_id: "deepseek", kv_values: 61 * (512 + 64)},
      {checkpoint_id: "llama", kv_values: 32 * 2 * 128}
    ]);
    const [projections] = await ask(
      {models, series: parallel(16)},
      "SELECT bytes FROM step_component WHERE name = 'latent_projections' AND tokens = 1"
    );
    assert.equal(projections?.bytes, 2 * 61 * 15_138_816);
  });

  it("read the experts that the tokens of a step are routed to, under uniform routing", async () => {
    const rows = await ask(
      {models: [madeModel("qwen", qwen30b, {router_gate: keptWhole})], series: parallel(1)},
      "SELECT tokens, routed FROM step_bytes WHERE tokens IN (1, 2) ORDER BY tokens"
    );
    // One token reads 8 of 128, two read 128 · (1 - (120/128)²) = 15.5.
    const expert = 2 * 48 * 3 * 2048 * 768;
    assert.deepEqual(
      rows.map(({routed}) => Math.round(Number(routed))),
      [8 * expert, 15.5 * expert]
    );
  });
});

describe("the ceiling of a series", () => {
  const stated = {model: "llama", quantisation: "none", tensor_parallel_size: 1, num_speculative_tokens: 0};
  const models = [madeModel("llama", llama8b)];
  const hardware = [
    madeHardware("h100-sxm", "H100", {bandwidth_gb_s: 3350, fp16_tensor_tflops: 989}),
    madeHardware("h100-pcie", "H100", {bandwidth_gb_s: 2000})
  ];
  const tables = [madeTable("bf16", "system_throughput", "tok/s", {1: 150, 4: 560})];

  it("follows from its own cards, for every variant it may have run on", async () => {
    const series = [madeSeries("bf16", {...stated, gpu: "H100"})];
    const rows = await ask(
      {models, hardware, tables, series},
      "SELECT hardware, concurrency, limit_throughput, share, floor_ms, intensity, ridge FROM ceiling_point ORDER BY ALL"
    );
    assert.deepEqual(
      rows.map(({hardware, concurrency}) => `${hardware} ${concurrency}`),
      ["h100-pcie 1", "h100-pcie 4", "h100-sxm 1", "h100-sxm 4"]
    );
    const [, , one, four] = rows;
    // 3350 GB/s over 15.009 GB is 223.2 tok/s for one request; 150 of them are 67.2 %.
    const limit = 3350e9 / 15_009_316_864;
    assert.deepEqual(
      [one?.limit_throughput, four?.limit_throughput].map((value) => Number(value).toFixed(6)),
      [limit.toFixed(6), (4 * limit).toFixed(6)]
    );
    const share = one?.share;
    assert.deepEqual(share, {value: 150 / limit, low: 149.5 / limit, high: 150.5 / limit});
    assert.equal(Number(one?.floor_ms).toFixed(6), (1000 / limit).toFixed(6));
    // Two operations a parameter, two bytes each: about one operation a byte; 989 TFLOP/s over 3350 GB/s.
    assert.equal(Number(one?.intensity).toFixed(3), "1.000");
    assert.equal(Number(one?.ridge).toFixed(1), "295.2");
    assert.equal(rows[0]?.ridge, null);
  });

  it("is that of the variant if the card names one", async () => {
    const series = [madeSeries("bf16", {...stated, gpu: "H100", gpu_variant: "H100-PCIE"})];
    const rows = await ask({models, hardware, tables, series}, "SELECT DISTINCT hardware FROM ceiling_point");
    assert.deepEqual(rows, [{hardware: "h100-pcie"}]);
  });

  it("counts every token that a step verifies", async () => {
    const series = [madeSeries("bf16", {...stated, num_speculative_tokens: 3, gpu: "H100"})];
    const rows = await ask(
      {models, hardware, tables, series},
      "SELECT round(limit_throughput * weights / gb_s / 1e9) AS tokens FROM ceiling_point ORDER BY 1"
    );
    assert.deepEqual(
      rows.map(({tokens}) => tokens),
      [4, 4, 16, 16]
    );
  });

  it("lacks nothing if the cards suffice, and otherwise names what it lacks", async () => {
    const series = [
      madeSeries("whole", {...stated, gpu: "H100"}),
      madeSeries("bare", {}),
      madeSeries("unknown", {...stated, model: "mistral", gpu: "H200"}),
      madeSeries("other", {...stated, model: "holes", gpu: "H100"})
    ];
    const {vocab_size: _, ...holes} = qwen30b;
    const rows = await ask(
      {series, hardware, models: [...models, madeModel("holes", holes)]},
      "FROM ceiling_lack ORDER BY ALL"
    );
    const model = "a model card for the model of the series";
    const checkpoint = "a checkpoint of the model card with the quantisation of the series";
    const gpu = "a hardware card for the GPU of the series, with bandwidth_gb_s";
    assert.deepEqual(
      rows.map(({series, what}) => `${series}: ${what}`),
      [
        `bare: ${checkpoint}`,
        `bare: ${gpu}`,
        `bare: ${model}`,
        "bare: num_speculative_tokens of the series",
        "bare: tensor_parallel_size of the series",
        "other: config.vocab_size of the model card",
        "other: router_gate of the model card",
        `unknown: ${checkpoint}`,
        `unknown: ${gpu}`,
        `unknown: ${model}`
      ]
    );
  });
});
