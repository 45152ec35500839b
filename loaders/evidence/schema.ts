import {z} from "zod";

// What may stand in a file under data/. The types of the whole project derive from these schemas.

const id = z.string().regex(/^[a-z][a-z0-9_-]*$/, "an id is lower-case letters, digits, - and _");
const text = z.string().min(1);
const queryName = z.string().regex(/^[a-z][a-z0-9_]*$/, "a name in SQL is lower-case letters, digits and _");
const date = z.iso.date();
const count = z.int().positive();

/** Units as they are printed, and what they are worth in the unit the warehouse computes with. */
export const unit = z.enum(["1", "%", "ms", "tok/s", "tokens", "GB", "TB/s"]);

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
  /** `null` where only a part of the address is known. */
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
  /** What stands between client and server. */
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

/** The source of series that a simulator gave. */
export const SIMULATION = "simulation";

/** A series card: one deployment as it was measured. */
export const series = z.strictObject({
  id,
  label: text,
  /** `published` and `later` series are tables as printed, the others are result files. */
  role: z.enum(["published", "later", "measured", "simulated"]),
  source: id,
  place: text,
  /** The line of the source in which a setting stands; one without a line stands somewhere at `place`. */
  lines: z.partialRecord(settings.keyof(), count).default({}),
  /** Why its system throughput is not set against that of other series; null where it is. */
  incomparable: text.nullable().default(null),
  /** Flags of `npm run bench` that `npm run refresh` measures the series with; null where it is not live. */
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
 * A table as the source prints it: one row a concurrency, one value a column.
 * `measured` columns are points, `restated` ones repeat a point of another table,
 * `derived` ones are the source's own arithmetic: the change of `series` over `baseline`, in percent.
 */
export const table = z.strictObject({
  id,
  title: text,
  source: id,
  place: text,
  columns: z.array(column).min(1),
  rows: z.array(z.strictObject({concurrency: count, values: z.array(z.number())})).min(1)
});

const quantities = [
  "weights_per_gpu",
  "gpu_count",
  "memory_bandwidth",
  "throughput",
  "acceptance_rate",
  "acceptance_length",
  "concurrency"
] as const;

/** The unit in which the queries read what a source states in its prose. */
const statedUnits: Record<(typeof quantities)[number], z.infer<typeof unit>> = {
  weights_per_gpu: "GB",
  gpu_count: "1",
  memory_bandwidth: "TB/s",
  throughput: "tok/s",
  acceptance_rate: "%",
  acceptance_length: "tokens",
  concurrency: "1"
};

/** A number stated in the source's prose. `decimals: null` means it is exact. */
export const statement = z
  .strictObject({
    id,
    quantity: z.enum(quantities),
    value: z.number().positive(),
    unit,
    decimals: decimals.nullable(),
    quote: text,
    place: text,
    source: id
  })
  .superRefine(({quantity, unit}, context) => {
    const expected = statedUnits[quantity];
    if (unit === expected) return;
    context.addIssue({
      code: "custom",
      path: ["unit"],
      message: `the unit of ${quantity} is ${expected}, not ${unit}. Convert the value, or correct the unit`
    });
  });

const sourced = {source: id, place: text};

/** A number of a data sheet or a measurement of the card; `null` means no source states it. */
const spec = z.strictObject({value: z.number().positive(), ...sourced}).nullable();

/** A hardware card: what sources state of one GPU. What can be derived is derived by queries. */
export const hardware = z.strictObject({
  id,
  label: text,
  /** The name a series card gives as its GPU; its variants are cards of one product. */
  product: text,
  link: z.strictObject({text, ...sourced}),
  specs: z.strictObject({
    memory_gb: spec,
    bus_bit: spec,
    bandwidth_gb_s: spec,
    memory_clock_load_mhz: spec,
    memory_clock_max_mhz: spec,
    tdp_w: spec,
    fp32_tflops: spec,
    fp16_tensor_tflops: spec,
    all_reduce_low_us: spec,
    all_reduce_high_us: spec
  })
});

/** The fields of a hardware card, and the unit of each, which its name abbreviates. */
export const specUnits = {
  memory_gb: "GB",
  bus_bit: "bit",
  bandwidth_gb_s: "GB/s",
  memory_clock_load_mhz: "MHz",
  memory_clock_max_mhz: "MHz",
  tdp_w: "W",
  fp32_tflops: "TFLOP/s",
  fp16_tensor_tflops: "TFLOP/s",
  all_reduce_low_us: "µs",
  all_reduce_high_us: "µs"
} as const satisfies Record<keyof z.infer<typeof hardware>["specs"], string>;

/** How the weights of one component are kept where the quantisation does not reach it. */
const kept = z.strictObject({bits: count, replicated: z.boolean(), ...sourced});

/** A model card: the shape of a model, and how each checkpoint stores it. */
export const model = z.strictObject({
  id,
  label: text,
  ...sourced,
  config: z.strictObject({
    num_hidden_layers: count,
    first_k_dense_replace: z.int().nonnegative(),
    hidden_size: count,
    num_attention_heads: count,
    num_key_value_heads: count,
    head_dim: count,
    intermediate_size: count,
    moe_intermediate_size: count,
    n_routed_experts: count,
    num_experts_per_tok: count,
    n_shared_experts: z.int().nonnegative(),
    vocab_size: count,
    num_nextn_predict_layers: z.int().nonnegative(),
    attention_bias: z.boolean(),
    use_qk_norm: z.boolean()
  }),
  router_gate: kept,
  mtp_projection: kept,
  /** What others state of the same quantities, to set the computed ones against. */
  stated: z.array(
    z.strictObject({
      id,
      value: z.number().positive(),
      unit: z.enum(["billion parameters", "GiB"]),
      ...sourced
    })
  ),
  checkpoints: z
    .array(
      z.strictObject({
        id,
        label: text,
        /** The name a series card gives as its quantisation. */
        quantisation: text,
        bits: count,
        group_size: count,
        scale_bits: z.int().nonnegative(),
        zero_bits: z.int().nonnegative(),
        unconverted_bits: count,
        modules_to_not_convert: z.array(text),
        includes_mtp: z.boolean(),
        /** Whether the source states the list of modules, or it is assumed. */
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
  /** How the sentence is read, where it can be read in two ways. */
  reading: text.nullable(),
  /** Whose sentence it is: a source, or “report” for this report's own. */
  source: id,
  place: text,
  /** The page that treats it: quantisation for src/quantisation.md. */
  page: text,
  /** The predicate is src/claims/PREDICATE.sql, without it src/claims/ID.sql. */
  predicate: queryName.optional(),
  /** The columns by which this claim's row of a predicate with several is told. */
  where: z.record(queryName, z.union([z.string(), z.number()])).optional(),
  reason: text,
  /** Which comparison would settle what the evidence cannot. */
  settled_by: text.nullable(),
  /** The verdict on record; a build that judges otherwise stops. */
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
