// What one run of a benchmark client records. The readers of all tools' files return this shape and the warehouse
// takes it, so that neither knows the other.

import {z} from "zod";
import type {EventColumns} from "./events.js";
import {concurrency, count, magnitude, measure, Rate, seconds} from "./numbers.js";

const RUN_VERSION = 1;

const nullable = <T extends z.ZodType>(type: T) => type.nullable();

/**
 * How a request failed. `http` is any status except 200, 429 and 503; `not_a_stream` is a 200 without server-sent
 * events; `no_content` is a well-formed stream without text; `stopped` is a request that the client ended because
 * the run was interrupted.
 */
export const FAILURE_KINDS = [
  "refused",
  "unreachable",
  "dns",
  "tls",
  "http",
  "rate_limited",
  "unavailable",
  "reset",
  "timeout_first_token",
  "timeout_chunk",
  "timeout_request",
  "truncated",
  "stream_error",
  "malformed",
  "not_a_stream",
  "no_content",
  "stopped",
  "unknown"
] as const;

export const FailureKind = z.enum(FAILURE_KINDS);
export type FailureKind = z.infer<typeof FailureKind>;

export const RequestRecord = z.object({
  index: count,
  id: nullable(z.string()),
  /** When the arrival schedule was to send it; like all times here, in ms on the run's clock. */
  scheduled_ms: nullable(measure),
  /** When it was passed to the HTTP client, after any wait for a free slot: vLLM's start time. */
  start_ms: nullable(measure),
  /** When its bytes went to a socket. */
  sent_ms: nullable(measure),
  first_byte_ms: nullable(measure),
  end_ms: nullable(measure),
  /** Prompt tokens counted by the client, without those that the server adds. */
  input_tokens: nullable(z.int()),
  expected_output_tokens: nullable(z.int()),
  /** From the server's `usage`. */
  prompt_tokens: nullable(z.int()),
  completion_tokens: nullable(z.int()),
  cached_tokens: nullable(z.int()),
  /** Output tokens counted by tokenising the text again; only if the server sent no usage. */
  retokenized_tokens: nullable(z.int()),
  http_status: nullable(z.int()),
  finish_reason: nullable(z.string()),
  failure: nullable(
    z.object({kind: FailureKind, message: z.string(), retry_after_s: nullable(z.number()).default(null)})
  )
});
export type RequestRecord = z.infer<typeof RequestRecord>;

export const DatasetSettings = z.object({
  name: z.string(),
  path: nullable(z.string()),
  input_len: nullable(z.int()),
  output_len: nullable(z.int()),
  range_ratio: nullable(z.number()),
  prefix_len: nullable(z.int()),
  suffix_len: nullable(z.int()),
  num_prefixes: nullable(z.int())
});
export type DatasetSettings = z.infer<typeof DatasetSettings>;

/** What the client was asked to do. `null` means that the source does not state it. */
export const RunSettings = z.object({
  base_url: nullable(z.string()),
  endpoint: nullable(z.string()),
  backend: nullable(z.string()),
  model: nullable(z.string()),
  served_model_name: nullable(z.string()),
  tokenizer: nullable(z.string()),
  /** The vocabulary from which random prompts were drawn, and the ids left out. */
  vocab_size: nullable(z.int()).default(null),
  special_ids: nullable(z.array(z.int())).default(null),
  dataset: nullable(DatasetSettings),
  num_prompts: count,
  max_concurrency: nullable(concurrency),
  request_rate: nullable(Rate),
  burstiness: nullable(z.union([z.number().positive(), z.literal("inf")])),
  ramp_up: nullable(
    z.object({strategy: z.enum(["linear", "exponential"]), start_rps: magnitude, end_rps: magnitude})
  ),
  duration_s: nullable(z.number()),
  seed: nullable(z.int()),
  num_warmups: nullable(z.int()),
  ignore_eos: nullable(z.boolean()).default(null),
  /** Whether token counts were requested for each chunk; `chunk_tokens_known` says whether they came. */
  continuous_usage: nullable(z.boolean()).default(null),
  timeouts_s: nullable(z.object({first_token: z.number(), chunk: z.number(), request: z.number()})).default(
    null
  ),
  /** More failures than this stop the run; `null` also means no limit. */
  max_failures: nullable(z.int()).default(null),
  extra_body: nullable(z.record(z.string(), z.unknown())),
  goodput_ms: z.record(z.string(), z.number()),
  percentile_metrics: z.array(z.string()),
  metric_percentiles: z.array(z.number()),
  metadata: z.record(z.string(), z.unknown()),
  label: nullable(z.string())
});
export type RunSettings = z.infer<typeof RunSettings>;

export const SpecDecode = z.object({
  drafts: z.number(),
  draft_tokens: z.number(),
  accepted_tokens: z.number(),
  /** Percent, as vLLM prints it. */
  acceptance_rate_percent: nullable(z.number()),
  /** Accepted tokens per draft, plus the bonus token. */
  acceptance_length: nullable(z.number()),
  /** Fractions 0..1. */
  acceptance_per_position: z.array(z.number())
});
export type SpecDecode = z.infer<typeof SpecDecode>;

/** What the server said about itself before and after. `null`: it did not answer, or does not say. */
export const Provenance = z.object({
  server_version: nullable(z.string()),
  models: z.array(
    z.object({id: z.string(), root: nullable(z.string()), max_model_len: nullable(z.number())})
  ),
  server_info: z.unknown(),
  spec_decode: nullable(SpecDecode),
  prefix_cache: nullable(
    z.object({query_tokens: z.number(), hit_tokens: z.number(), hit_rate: nullable(z.number())})
  ),
  preemptions: nullable(z.number()),
  /**
   * The tokens and requests that the server counted during the run, next to the tokens that this client received and
   * its requests that the server may have counted.
   */
  traffic: nullable(
    z.object({
      server_generation_tokens: z.number(),
      client_generation_tokens: z.number(),
      server_requests: nullable(z.number()),
      client_requests: z.number()
    })
  ),
  /** Whether the server reset its counters during the run, so that there are no deltas. */
  counters_reset: z.boolean().default(false),
  prefix_cache_reset: nullable(z.boolean()),
  tokenizer: nullable(z.string()),
  /** The number of tokens that the server adds to each prompt: special ones, or those of its chat template. */
  prompt_tokens_added: nullable(z.int()).default(null),
  simulated: z.boolean()
});
export type Provenance = z.infer<typeof Provenance>;

export const ClientHealth = z.object({
  node_version: z.string(),
  undici_version: z.string(),
  platform: z.string(),
  cpu_model: z.string(),
  cpu_count: z.int(),
  /** The processors that its main thread was confined to, as Linux lists them: `0`, `0-3,8`. */
  cpus_allowed: nullable(z.string()).default(null),
  /** CPU seconds of this process per second of the run: 1 is one core busy throughout. */
  cpu_share: z.number(),
  /** The share of the processor time that the client's virtual machine wanted and its host took (steal). */
  steal_share: nullable(z.number()).default(null),
  event_loop_delay_ms: z.object({mean: z.number(), p50: z.number(), p99: z.number(), max: z.number()}),
  /** How late requests started, of those with their own due time and no slot to wait for. */
  schedule_lag_ms: z.object({p50: z.number(), p99: z.number(), max: z.number()}),
  /**
   * Requests that started but found no socket within 5 ms, except those that opened one and those for which only the
   * event loop was late.
   */
  sockets_waited_for: z.int(),
  sockets_opened: z.int(),
  reads: z.int()
});
export type ClientHealth = z.infer<typeof ClientHealth>;

const WARNING_CODES = [
  "sick-client",
  "held-up-client",
  "foreign-traffic",
  "counters-reset",
  "warm-prefix-cache",
  "too-few-samples",
  "no-usage",
  "tokens-per-chunk-unknown",
  "prompt-length-differs",
  "failures",
  "no-metrics",
  "short-steady-state",
  "littles-law",
  "simulated",
  "interrupted"
] as const;

export const Warning = z.object({code: z.enum(WARNING_CODES), message: z.string()});
export type Warning = z.infer<typeof Warning>;

/** `as-reported`: figures that another tool printed, as its version defines them. */
const SEMANTICS = ["vllm-0.15.1", "vllm-2026-09", "benchbook-1", "as-reported"] as const;
export const Semantics = z.enum(SEMANTICS);
export type Semantics = z.infer<typeof Semantics>;

export const BACKENDS = ["openai", "openai-chat", "vllm"] as const;
export const DEFAULT_ENDPOINT: Readonly<Record<(typeof BACKENDS)[number], string>> = {
  openai: "/v1/completions",
  vllm: "/v1/completions",
  "openai-chat": "/v1/chat/completions"
};
export const DATASET_NAMES = ["random", "custom", "sharegpt", "prefix_repetition"] as const;

/** The latencies of `--percentile-metrics`, in vLLM's order. */
export const LATENCIES = [
  "ttft",
  "tpot",
  "itl",
  "e2el",
  "client_queue_time",
  "e2el_including_client_queue"
] as const;

/** The words of a run's closed vocabularies: never redacted, even if someone chose one as a secret. */
export const OWN_WORDS: ReadonlySet<string> = new Set([
  ...FAILURE_KINDS,
  ...WARNING_CODES,
  ...SEMANTICS,
  ...BACKENDS,
  ...Object.values(DEFAULT_ENDPOINT),
  ...DATASET_NAMES,
  ...LATENCIES,
  "benchbook-run",
  "benchbook",
  "vllm bench serve",
  "run",
  "request",
  "linear",
  "exponential",
  "inf"
]);

/** Values by metric name (which contains the unit); an undefined value is `null`, never 0. */
export const Metrics = z.partialRecord(Semantics, z.record(z.string(), measure.nullable()));
export type Metrics = z.infer<typeof Metrics>;

/** What a sweep measures, beyond what the call states. */
export const SweepSubject = z.object({
  base_url: z.string(),
  model: z.string(),
  server_version: nullable(z.string()),
  tokenizer: z.string(),
  /** The hash of the prompts' file. */
  dataset_sha256: nullable(z.string()),
  /** The hash of the ids that random prompts leave out; `null` also if the dataset is not random. */
  special_ids_sha256: nullable(z.string()).default(null),
  /** Whether the server empties its prefix cache before each point. */
  resets_prefix_cache: nullable(z.boolean()).default(null),
  /** Whether all points use the call's seed. If any server of the sweep keeps its cache, each has its own. */
  keeps_seed: nullable(z.boolean()).default(null)
});
export type SweepSubject = z.infer<typeof SweepSubject>;

/**
 * Which point of which sweep. `call` is the SHA-256 of the call, `plan` that of `call` and `subject` together.
 * Older files lack `call` and `subject`.
 */
const Sweep = z.object({
  id: z.string(),
  plan: z.string(),
  point: z.int(),
  points: z.int(),
  call: nullable(z.string()).default(null),
  subject: nullable(SweepSubject).default(null)
});

/** The part of a run that is JSON. */
export const RunRecord = z.object({
  schema: z.literal("benchbook-run"),
  version: z.literal(RUN_VERSION),
  id: z.string(),
  tool: z.object({name: z.enum(["benchbook", "vllm bench serve"]), version: nullable(z.string())}),
  /** UTC, ISO 8601; `null` if the source gives only a local time (see `date`). */
  started_at: nullable(z.string()),
  /** The date as the source wrote it: `YYYYmmdd-HHMMSS`, local time. */
  date: nullable(z.string()),
  series: nullable(z.string()),
  repeat: nullable(count),
  sweep: nullable(Sweep),
  /** False if the run was stopped early: such a run is kept, but is not evidence. */
  complete: z.boolean(),
  settings: RunSettings,
  duration_s: seconds,
  /**
   * The zero of event times: the start of the run or, in another tool's file without start times, the start of each
   * request.
   */
  clock: z.enum(["run", "request"]),
  /** CLOCK_MONOTONIC at the run's zero, in ns, as a decimal string; meaningful only on the client's machine. */
  monotonic_origin_ns: nullable(z.string()),
  /** Whether every chunk with output carried the token count so far (`continuous_usage_stats`). */
  chunk_tokens_known: z.boolean(),
  requests: nullable(z.array(RequestRecord)),
  metrics: Metrics,
  provenance: nullable(Provenance),
  health: nullable(ClientHealth),
  warnings: z.array(Warning)
});
export type RunRecord = z.infer<typeof RunRecord>;

/** A run: its record, and its chunks if they are known. */
export interface Run extends RunRecord {
  events: EventColumns | null;
}
