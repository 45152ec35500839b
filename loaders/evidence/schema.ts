import {z} from "zod";

// The schemas of the files under data/. The types of the whole project derive from them.

const id = z.string().regex(/^[a-z][a-z0-9_-]*$/, "an id is lower-case letters, digits, - and _");
const text = z.string().min(1);
const queryName = z.string().regex(/^[a-z][a-z0-9_]*$/, "a name in SQL is lower-case letters, digits and _");
const date = z.iso.date();
const count = z.int().positive();

/** Units as they are printed. */
export const unit = z.enum([
  "1",
  "%",
  "ms",
  "s",
  "tok/s",
  "tokens",
  "req/s",
  "GB",
  "GiB",
  "GB/s",
  "TB/s",
  "W",
  "J"
]);

export const source = z.strictObject({
  id,
  title: text,
  kind: z.enum([
    "published benchmark",
    "repository",
    "source code",
    "model card",
    "paper",
    "product page",
    "issue"
  ]),
  author: text,
  /** `null` if the full address is not known. */
  url: z.url({protocol: /^https$/}).nullable(),
  date: date.nullable(),
  note: text
});

export const metric = z.strictObject({id, name: text, unit, definition: text, source: id});

/**
 * Everything that can confound a comparison of two deployments.
 * `null` means the source does not state it; there are no defaults.
 */
export const settings = z.strictObject({
  model: text.nullable(),
  checkpoint: text.nullable(),
  quantisation: text.nullable(),
  kernel: text.nullable(),
  attention_backend: text.nullable(),
  dtype: text.nullable(),
  kv_cache_dtype: text.nullable(),
  engine: text.nullable(),
  engine_version: text.nullable(),
  tensor_parallel_size: count.nullable(),
  max_model_len: count.nullable(),
  max_num_batched_tokens: count.nullable(),
  num_speculative_tokens: z.int().nonnegative().nullable(),
  enable_thinking: z.boolean().nullable(),
  cuda_graph_mode: text.nullable(),
  gpu: text.nullable(),
  gpu_variant: text.nullable(),
  gpu_count: count.nullable(),
  compute_capability: text.nullable(),
  power_limit_w: count.nullable(),
  client: text.nullable(),
  endpoint: text.nullable(),
  /** What lies between client and server. */
  route: text.nullable(),
  dataset: text.nullable(),
  input_len: count.nullable(),
  output_len: count.nullable(),
  num_prompts: count.nullable(),
  repeats: count.nullable(),
  num_warmups: z.int().nonnegative().nullable(),
  prefix_cache: text.nullable(),
  ignore_eos: z.boolean().nullable(),
  temperature: z.number().nonnegative().nullable(),
  seed: z.int().nonnegative().nullable(),
  date: date.nullable()
});

/** The source of every simulated series. */
export const SIMULATION = "simulation";

/** A series card: one deployment as it was measured. */
export const series = z.strictObject({
  id,
  label: text,
  /** `published` and `later` series are printed tables; the others are result files. */
  role: z.enum(["published", "later", "measured", "simulated"]),
  source: id,
  place: text,
  /** The source's line for each setting; a setting without one is somewhere at `place`. */
  lines: z.partialRecord(settings.keyof(), count).default({}),
  /** Why its system throughput cannot be compared with other series; null if it can. */
  incomparable: text.nullable().default(null),
  /** The flags of `npm run bench` with which `npm run refresh` measures the series; null if it is not live. */
  live: z
    .record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))])
    )
    .nullable()
    .default(null),
  settings
});

const decimals = z.int().min(0).max(6);

const column = z.discriminatedUnion("role", [
  z.strictObject({role: z.literal("measured"), series: id, metric: id, printed: text, unit, decimals}),
  z.strictObject({role: z.literal("restated"), series: id, metric: id, printed: text, unit, decimals}),
  z.strictObject({
    role: z.literal("derived"),
    series: id,
    baseline: id,
    metric: id,
    printed: text,
    unit: z.literal("%"),
    decimals
  })
]);

/**
 * A table as the source prints it: a row for each concurrency, with a value for each column.
 * `measured` columns are points, `restated` ones repeat a point of another table, and `derived` ones are the source's
 * own arithmetic: the change of `series` over `baseline`, in percent.
 */
export const table = z.strictObject({
  id,
  title: text,
  source: id,
  place: text,
  columns: z.array(column).min(1),
  rows: z.array(z.strictObject({concurrency: count, values: z.array(z.number())})).min(1)
});

/** A number of any quantity, stated in the source's prose. `decimals: null` means that it is exact. */
export const statement = z.strictObject({
  id,
  quantity: id,
  value: z.number().positive(),
  unit,
  decimals: decimals.nullable(),
  quote: text,
  place: text,
  source: id
});

const sourced = {source: id, place: text};

/** A number from a data sheet or a measurement of the card; `null` means that no source states it. */
const spec = z.strictObject({value: z.number().positive(), ...sourced}).nullable();

/** Units by the ending of a field's name: bandwidth_gb_s is in GB/s. */
const unitEndings: Readonly<Record<string, string>> = {
  gb: "GB",
  gib: "GiB",
  bit: "bit",
  gb_s: "GB/s",
  mhz: "MHz",
  w: "W",
  tflops: "TFLOP/s",
  tops: "TOP/s",
  us: "µs",
  ms: "ms",
  count: "1"
};

/** The unit of a hardware card's field; undefined if its name ends in no known unit. */
export function specUnit(field: string): string | undefined {
  const [ending] = Object.keys(unitEndings)
    .filter((ending) => field.endsWith(`_${ending}`))
    .sort((a, b) => b.length - a.length);
  return ending === undefined ? undefined : unitEndings[ending];
}

const specField = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, "a field is lower-case letters, digits and _")
  .refine((field) => specUnit(field) !== undefined, {
    error: `the name of a field ends in its unit, one of ${Object.keys(unitEndings).join(", ")}`
  });

/** A hardware card: what sources state about one GPU. Queries derive the rest. */
export const hardware = z.strictObject({
  id,
  label: text,
  /** The GPU's name on series cards; variants of a product have a card each. */
  product: text,
  link: z.strictObject({text, ...sourced}),
  specs: z.record(specField, spec)
});

/** How the weights of a component are stored that the quantisation leaves alone. */
const kept = z.strictObject({bits: count, replicated: z.boolean(), ...sourced});

const size = count.nullish();
const several = z.int().nonnegative().nullish();
const flag = z.boolean().nullish();

/** A config.json. The fields that queries read are checked; all others are kept unchanged. */
export const modelConfig = z
  .object({
    num_hidden_layers: size,
    first_k_dense_replace: several,
    hidden_size: size,
    num_attention_heads: size,
    num_key_value_heads: size,
    head_dim: size,
    q_lora_rank: size,
    kv_lora_rank: size,
    qk_nope_head_dim: size,
    qk_rope_head_dim: size,
    v_head_dim: size,
    intermediate_size: size,
    moe_intermediate_size: size,
    n_routed_experts: several,
    num_experts: several,
    num_local_experts: several,
    num_experts_per_tok: several,
    n_shared_experts: several,
    shared_expert_intermediate_size: several,
    vocab_size: size,
    num_nextn_predict_layers: several,
    tie_word_embeddings: flag,
    attention_bias: flag,
    use_qk_norm: flag
  })
  .catchall(z.json());

/** A model card: the shape of a model, and how each checkpoint stores it. */
export const model = z.strictObject({
  id,
  label: text,
  ...sourced,
  config: modelConfig,
  /** How the routers of a mixture of experts are stored; null if the model has none, or no source states it. */
  router_gate: kept.nullable().default(null),
  /** How the projection of the draft layers is stored; null for the same reasons. */
  draft_projection: kept.nullable().default(null),
  /** What others state for the same quantities, to compare with the computed ones. */
  stated: z.array(
    z.strictObject({
      id,
      value: z.number().positive(),
      unit: z.enum(["billion parameters", "million parameters", "GB", "GiB"]),
      ...sourced
    })
  ),
  checkpoints: z
    .array(
      z.strictObject({
        id,
        label: text,
        /** The quantisation's name on series cards. */
        quantisation: text,
        bits: count,
        /** How many weights share a scale; null if none do. */
        group_size: count.nullable(),
        scale_bits: z.int().nonnegative(),
        zero_bits: z.int().nonnegative(),
        unconverted_bits: count,
        modules_to_not_convert: z.array(text),
        /** Whether it contains the draft layers too; false if the model has none. */
        includes_draft: z.boolean(),
        /** Whether the list of modules is stated by the source or assumed. */
        basis: z.enum(["stated", "assumed"]),
        ...sourced
      })
    )
    .min(1)
});

export const verdict = z.enum([
  "holds",
  "holds-within-rounding",
  "confounded",
  "not-supported",
  "contradicted",
  "not-testable"
]);

/**
 * A sentence on trial. The reason and, for the report's own claims, the quote may name facts as pages do:
 * {{lead.c8}}.
 */
export const claim = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/, "the id of a claim is lower-case letters, digits and _"),
  quote: text,
  /** How the sentence is understood, if it has two readings. */
  reading: text.nullable(),
  /** Whose sentence it is: a source, or “report” for this report's own. */
  source: id,
  place: text,
  /** The page that discusses it: `quantisation` for src/quantisation.md. */
  page: text,
  /** Names the predicate src/claims/PREDICATE.sql; by default it is src/claims/ID.sql. */
  predicate: queryName.optional(),
  /** Selects this claim's row, if the predicate has several. */
  where: z.record(queryName, z.union([z.string(), z.number()])).optional(),
  reason: text,
  /** The comparison that would settle what this evidence cannot. */
  settled_by: text.nullable(),
  /** The verdict on record; a build that reaches another one stops. */
  expected: verdict
});

export type Source = z.infer<typeof source>;
export type Metric = z.infer<typeof metric>;
export type Series = z.infer<typeof series>;
export type Column = z.infer<typeof column>;
export type Table = z.infer<typeof table>;
export type Claim = z.infer<typeof claim>;
export type Verdict = z.infer<typeof verdict>;
export type Statement = z.infer<typeof statement>;
export type Hardware = z.infer<typeof hardware>;
export type Model = z.infer<typeof model>;

/** Everything under data/, read and checked. */
export interface Evidence {
  sources: Source[];
  metrics: Metric[];
  series: Series[];
  tables: Table[];
  statements: Statement[];
  claims: Claim[];
  hardware: Hardware[];
  models: Model[];
}
