// The result files of `vllm bench serve`, of its sweeps and of its Rust client, from 0.15.1 to September 2026
// (vllm/benchmarks/serve.py, vllm/benchmarks/sweep/serve.py).

import {basename} from "node:path";
import {z} from "zod";
import {readDate} from "../dates.js";
import {messageOf} from "../errors/message-of.js";
import {type EventColumns, KIND, TOKENS_UNKNOWN} from "./events.js";
import {isExtreme} from "./extreme-percentile.js";
import {firstIssue} from "./first-issue.js";
import {concurrency, count, magnitude, measure, Rate, seconds, total} from "./numbers.js";
import type {Metrics, RequestRecord, Run, RunSettings, SpecDecode} from "./run-record.js";

const figure = magnitude.nullable();
const times = z.array(seconds.nullable());
/** A difference of clock readings, which may be out of order by up to a millisecond. */
const difference = measure.min(-1);

/** The keys of a result. Detailed arrays share an index, in request order, and are in seconds. Others pass through. */
const VllmKeys = z.looseObject({
  date: z
    .string()
    .refine(
      (date) => readDate(date)?.isLocal === true,
      "not YYYYmmdd-HHMMSS, as vLLM writes it where --metadata sets no “date”"
    ),
  endpoint_type: z.string().optional(),
  backend: z.string(),
  label: z.string().nullish(),
  model_id: z.string(),
  tokenizer_id: z.string().nullish(),
  num_prompts: count,
  request_rate: Rate,
  burstiness: z.union([magnitude, z.literal("inf")]).optional(),
  max_concurrency: concurrency.nullish(),
  ramp_up_strategy: z.enum(["linear", "exponential"]).optional(),
  ramp_up_start_rps: magnitude.optional(),
  ramp_up_end_rps: magnitude.optional(),
  rps_change_events: z.array(z.looseObject({rps: z.number(), timestamp: z.string()})).optional(),
  duration: seconds,
  completed: count,
  failed: count.optional(),
  total_input_tokens: total,
  total_output_tokens: total.nullish(),
  request_throughput: figure,
  request_goodput: figure.optional(),
  output_throughput: figure.optional(),
  total_token_throughput: figure,
  input_lens: z.array(count).optional(),
  output_lens: z.array(count).optional(),
  ttfts: times.optional(),
  itls: z.array(times).optional(),
  start_times: z.array(seconds).optional(),
  latencies: times.optional(),
  queue_times: times.optional(),
  generated_texts: z.array(z.string()).optional(),
  errors: z.array(z.string().nullable()).optional(),
  run_number: count.optional(),
  spec_decode_acceptance_rate: magnitude.optional(),
  spec_decode_acceptance_length: magnitude.optional(),
  spec_decode_num_drafts: magnitude.optional(),
  spec_decode_draft_tokens: magnitude.optional(),
  spec_decode_accepted_tokens: magnitude.optional(),
  spec_decode_per_position_acceptance_rates: z.array(magnitude).optional()
});

export const VllmResult = VllmKeys.superRefine((result, context) => {
  const {completed, failed, num_prompts} = result;
  // There may be fewer: prefix_repetition and short files give fewer prompts than requested.
  if (completed + (failed ?? 0) > num_prompts) {
    const beside = failed === undefined ? "" : `with “failed” ${failed} `;
    const message = `${beside}more than “num_prompts” ${num_prompts}`;
    context.addIssue({code: "custom", path: ["completed"], message});
  }
  // There are too many keys of figures to list.
  for (const [key, value] of Object.entries(result)) {
    if (!isFigure(key) || typeof value !== "number") continue;
    const [issue] = figureOf(key).safeParse(value).error?.issues ?? [];
    if (issue !== undefined) context.addIssue({code: "custom", path: [key], message: issue.message});
  }
});
export type VllmResult = z.infer<typeof VllmResult>;

/**
 * vLLM's name for the file: `{label or backend}-{rate}qps[-concurrency{C}]-{model}-{date}.json`
 * (serve.py:1741-1757).
 */
export function resultFileName(
  {
    label,
    backend,
    model,
    max_concurrency,
    request_rate,
    ramp_up
  }: Pick<RunSettings, "label" | "backend" | "model" | "max_concurrency" | "request_rate" | "ramp_up">,
  date: string
): string {
  const concurrency = max_concurrency ? `-concurrency${max_concurrency}` : "";
  const rate = ramp_up
    ? `ramp-up-${ramp_up.strategy}-${ramp_up.start_rps}qps-${ramp_up.end_rps}qps`
    : `${pythonFloat(request_rate ?? "inf")}qps`;
  return `${label ?? backend}-${rate}${concurrency}-${model?.split("/").at(-1)}-${date}.json`;
}

/**
 * Every run of a file's parsed documents. Throws a one-line Error that names the file, and the document if there are
 * several.
 */
export function vllmRuns(documents: readonly unknown[], path: string): Run[] {
  if (documents.length === 0) {
    throw new Error(`${path}: there is no result in it. Give a file of vllm bench serve or npm run bench.`);
  }
  const name = basename(path).replace(/\.json$/, "");
  return documents.map((document, i) => {
    const isOnly = documents.length === 1;
    const where = isOnly ? path : `${path}, document ${i + 1}`;
    const result = VllmResult.safeParse(document);
    if (!result.success) {
      throw new Error(
        `${where}: not a result of vllm bench serve: ${firstIssue(result.error, document)}. Give the file as it was written.`
      );
    }
    try {
      return toRun(result.data, isOnly ? name : `${name}#${i}`);
    } catch (error) {
      throw new Error(`${where}: ${messageOf(error)}`);
    }
  });
}

const ALIGNED = [
  "input_lens",
  "output_lens",
  "ttfts",
  "itls",
  "start_times",
  "latencies",
  "queue_times",
  "generated_texts",
  "errors"
] as const;

/** Turns an empty array into undefined: older versions write one if they have no values. */
function filled<T>(values: T[] | undefined): T[] | undefined {
  return values?.length ? values : undefined;
}

/** Why the arrays of a file do not describe the same requests; undefined if they do. */
function misaligned(result: VllmResult): string | undefined {
  const lengths = ALIGNED.flatMap((key) => {
    const length = filled<unknown>(result[key])?.length;
    return length === undefined ? [] : [{key, length}];
  });
  const [first] = lengths;
  const other = lengths.find(({length}) => length !== first?.length);
  return first && other && `“${first.key}” holds ${first.length} requests and “${other.key}” ${other.length}`;
}

/**
 * Why the counts of a file disagree with its arrays; undefined if they agree. Errors and TTFTs cannot tell, because
 * a failure may lack a reason, and an answer a TTFT.
 */
function miscounted(result: VllmResult): string | undefined {
  const {completed, failed, output_lens} = result;
  const key = ALIGNED.find((name) => filled<unknown>(result[name]));
  const length = key && result[key]?.length;
  if (length === undefined) return;
  const counted = completed + (failed ?? 0);
  if (failed === undefined ? counted > length : counted !== length) {
    const counts =
      failed === undefined ? `“completed” is ${completed}` : `“completed” and “failed” are ${counted}`;
    return `“${key}” holds ${length} requests and ${counts}`;
  }
  const answers = output_lens?.filter((tokens) => tokens > 0).length ?? 0;
  if (answers > completed) return `“output_lens” holds ${answers} answers and “completed” is ${completed}`;
}

/**
 * The file as a Run. The figures printed in it become `as-reported`.
 * @throws Error if its arrays disagree with each other or with its counts
 */
export function toRun(result: VllmResult, id: string): Run {
  const fault = misaligned(result);
  if (fault !== undefined) throw new Error(`${fault}. Save the result again with --save-detailed.`);
  const miscount = miscounted(result);
  if (miscount !== undefined) throw new Error(`${miscount}. Give the file as it was written.`);
  const requests = requestsOf(result);
  return {
    schema: "benchbook-run",
    version: 1,
    id,
    tool: {name: "vllm bench serve", version: null},
    started_at: null,
    date: result.date,
    series: null,
    repeat: result.run_number ?? null,
    sweep: null,
    complete: true,
    settings: {
      base_url: null,
      endpoint: null,
      backend: result.endpoint_type ?? result.backend,
      model: result.model_id,
      served_model_name: null,
      tokenizer: result.tokenizer_id ?? null,
      vocab_size: null,
      special_ids: null,
      dataset: null,
      num_prompts: result.num_prompts,
      max_concurrency: result.max_concurrency ?? null,
      request_rate: result.request_rate,
      burstiness: result.burstiness === undefined || result.burstiness === 0 ? null : result.burstiness,
      ramp_up: result.ramp_up_strategy
        ? {
            strategy: result.ramp_up_strategy,
            start_rps: result.ramp_up_start_rps ?? 0,
            end_rps: result.ramp_up_end_rps ?? 0
          }
        : null,
      duration_s: null,
      seed: null,
      num_warmups: null,
      ignore_eos: null,
      continuous_usage: null,
      timeouts_s: null,
      max_failures: null,
      extra_body: null,
      goodput_ms: {},
      percentile_metrics: [],
      metric_percentiles: [],
      metadata: unknownKeys(result),
      label: result.label ?? null
    },
    duration_s: result.duration,
    clock: filled(result.start_times) ? "run" : "request",
    monotonic_origin_ns: null,
    chunk_tokens_known: false,
    requests,
    metrics: {"as-reported": reportedFigures(result)} satisfies Metrics,
    provenance: provenanceOf(result),
    health: null,
    warnings: warningsOf(result),
    events: requests === null || !filled(result.ttfts) ? null : eventsOf(result, requests)
  };
}

/**
 * The requests, if some array shows for each of them whether it was answered. vLLM of September 2026 writes
 * `latencies` and `queue_times` even without --save-detailed. Pooling has no `ttfts` in any version, and in older
 * versions no times at all, only `errors`. Times count from the run's start or, without `start_times`, from the
 * start of each request.
 */
function requestsOf(result: VllmResult): RequestRecord[] | null {
  const {ttfts, latencies, queue_times, input_lens, output_lens, errors} = result;
  const length = (filled(ttfts) ?? filled(latencies) ?? filled(errors))?.length;
  if (length === undefined) return null;
  const starts = filled(result.start_times);
  const first = starts?.reduce((a, b) => Math.min(a, b)) ?? 0;
  return Array.from({length}, (_, index) => {
    const start = starts?.[index];
    const startMs = start === undefined ? null : (start - first) * 1000;
    const latency = latencyOf(result, index);
    const queued = queue_times?.[index];
    const failure = failureOf(result, index);
    return {
      index,
      id: null,
      scheduled_ms: queued == null ? null : (startMs ?? 0) - queued * 1000,
      start_ms: startMs,
      sent_ms: null,
      first_byte_ms: null,
      end_ms: latency === null ? null : (startMs ?? 0) + latency * 1000,
      input_tokens: input_lens?.[index] ?? null,
      expected_output_tokens: null,
      prompt_tokens: null,
      completion_tokens: output_lens?.[index] ?? null,
      cached_tokens: null,
      retokenized_tokens: null,
      http_status: failure === null ? 200 : null,
      finish_reason: null,
      failure
    };
  });
}

/** Seconds from a request's start to its end; null if no array has it. vLLM writes 0 for a failed request. */
function latencyOf(result: VllmResult, index: number): number | null {
  const {latencies, ttfts, itls} = result;
  const latency = latencies?.[index];
  if (failureOf(result, index) !== null) return latency || null;
  if (latency != null) return latency;
  return filled(ttfts) ? (ttfts?.[index] ?? 0) + sum(itls?.[index] ?? []) : null;
}

/** How a request failed. vLLM saves no success flags: a time of 0 also means failure, perhaps without a reason. */
function failureOf({errors, ttfts, latencies}: VllmResult, index: number): RequestRecord["failure"] {
  const error = errors?.[index] ?? "";
  if (error !== "") return {kind: "unknown", message: lastLine(error), retry_after_s: null};
  const times = filled(ttfts) ?? filled(latencies);
  if (times === undefined || (times[index] ?? 0) > 0) return null;
  return filled(ttfts)
    ? {kind: "no_content", message: "no chunk with choices arrived", retry_after_s: null}
    : {kind: "unknown", message: "the file gives no reason", retry_after_s: null};
}

/** The chunks in order of time: one at `start + ttft`, then one after each gap. */
function eventsOf(result: VllmResult, requests: readonly RequestRecord[]): EventColumns {
  const rows: [time: number, request: number][] = [];
  for (const {index, start_ms} of requests) {
    const ttft = result.ttfts?.[index];
    if (!ttft) continue;
    let time = (start_ms ?? 0) * 1e6 + ttft * 1e9;
    rows.push([Math.round(time), index]);
    for (const gap of result.itls?.[index] ?? []) {
      time += (gap ?? 0) * 1e9;
      rows.push([Math.round(time), index]);
    }
  }
  rows.sort((a, b) => a[0] - b[0]);
  return {
    request: Uint32Array.from(rows, ([, request]) => request),
    time_ns: Float64Array.from(rows, ([time]) => time),
    kind: new Uint8Array(rows.length).fill(KIND.chunk),
    tokens: new Int32Array(rows.length).fill(TOKENS_UNKNOWN)
  };
}

const STATISTIC = /^(mean|median|std|p\d+(?:\.\d+)?)_(\w+)_ms$/;
const TOTALS = [
  "completed",
  "failed",
  "total_input_tokens",
  "total_output_tokens",
  "request_throughput",
  "request_goodput",
  "output_throughput",
  "total_token_throughput",
  "max_output_tokens_per_s",
  "max_concurrent_requests"
];

function reportedFigures(result: VllmResult): Record<string, number | null> {
  const figures: Record<string, number | null> = {duration_s: result.duration};
  const measured = measuredTimes(result);
  for (const [key, value] of Object.entries(result)) {
    if (!isFigure(key)) continue;
    const [, , time] = STATISTIC.exec(key) ?? [];
    const isUndefined = time !== undefined && !measured.has(time);
    if (typeof value === "number" || value === null) figures[key] = isUndefined ? null : value;
  }
  return figures;
}

/**
 * The schema of a figure, by its key. Some times may be slightly negative: vLLM 0.15.1 reads the end of a one-chunk
 * answer before that chunk's own time, and our timer may send a request before it is due.
 */
function figureOf(key: string): z.ZodType {
  const [, , time = ""] = STATISTIC.exec(key) ?? [];
  return time === "tpot" || time === "client_queue_time" ? difference : magnitude;
}

/** What a reader must know about a client's figures and the client does not say. */
function warningsOf(result: VllmResult): Run["warnings"] {
  const failed = result.failed ?? result.num_prompts - result.completed;
  const measured = measuredTimes(result);
  const unfit = Object.keys(result).flatMap((key) => {
    const [, statistic = "", time = ""] = STATISTIC.exec(key) ?? [];
    const percent = Number(/^p(\d+(?:\.\d+)?)$/.exec(statistic)?.[1] ?? Number.NaN);
    const isSampled = measured.has(time) && time !== "itl" && percent > 0 && percent < 100;
    return isSampled && isExtreme(percent, result.completed) ? `p${percent} ${time}` : [];
  });
  return [
    ...(failed > 0
      ? [{code: "failures" as const, message: `${failed} of ${result.num_prompts} requests failed`}]
      : []),
    ...(unfit.length > 0
      ? [
          {
            code: "too-few-samples" as const,
            message: `no more than the extreme value repeated: ${[...new Set(unfit)].join(", ")} of ${result.completed} values each`
          }
        ]
      : [])
  ];
}

/**
 * The times (`ttft`, `tpot`, …) that have samples. vLLM writes 0 for every statistic of an empty list: TPOT and ITL
 * if each output is one token, all times if no request succeeded.
 */
function measuredTimes(result: VllmResult): Set<string> {
  if (result.completed === 0) return new Set();
  return new Set(
    Object.entries(result).flatMap(([key, value]) => {
      const [, statistic, time] = STATISTIC.exec(key) ?? [];
      // Only the wait for a free slot can really be 0.
      const isMeasured = time === "client_queue_time" || (statistic !== "std" && value !== 0);
      return time !== undefined && isMeasured ? [time] : [];
    })
  );
}

function provenanceOf(result: VllmResult): Run["provenance"] {
  const specDecode = specDecodeOf(result);
  if (!specDecode) return null;
  return {
    server_version: null,
    models: [],
    server_info: null,
    spec_decode: specDecode,
    prefix_cache: null,
    preemptions: null,
    traffic: null,
    counters_reset: false,
    prefix_cache_reset: null,
    prompt_tokens_added: null,
    tokenizer: null,
    simulated: false
  };
}

function specDecodeOf(result: VllmResult): SpecDecode | null {
  const {spec_decode_num_drafts: drafts, spec_decode_draft_tokens: draftTokens} = result;
  if (drafts === undefined || draftTokens === undefined) return null;
  return {
    drafts,
    draft_tokens: draftTokens,
    accepted_tokens: result.spec_decode_accepted_tokens ?? 0,
    acceptance_rate_percent: result.spec_decode_acceptance_rate ?? null,
    acceptance_length: result.spec_decode_acceptance_length ?? null,
    acceptance_per_position: result.spec_decode_per_position_acceptance_rates ?? []
  };
}

/** Whether vLLM itself writes a figure or a setting under this key. */
export function isVllmKey(key: string): boolean {
  return key in VllmKeys.shape || isFigure(key);
}

function isFigure(key: string): boolean {
  return TOTALS.includes(key) || STATISTIC.test(key);
}

function unknownKeys(result: VllmResult): Record<string, unknown> {
  return Object.fromEntries(Object.entries(result).filter(([key]) => !isVllmKey(key) && key !== "benchbook"));
}

function pythonFloat(value: number | "inf"): string {
  return value === "inf" ? "inf" : Number.isInteger(value) ? value.toFixed(1) : String(value);
}

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? text;
}
