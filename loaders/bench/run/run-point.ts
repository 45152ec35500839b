// One run: its requests sent, their streams recorded, its metrics computed.

import {randomBytes} from "node:crypto";
import {createRequire} from "node:module";
import {setImmediate as nextTurn} from "node:timers/promises";
import {z} from "zod";
import type {RequestRecord, Run, RunSettings} from "../../formats/run.js";
import type {VllmResult} from "../../formats/vllm-file.js";
import {readClocks} from "../../machine/clocks.js";
import {collectYoung} from "../../machine/garbage.js";
import {arrivalsOf, arrivalTimes} from "../call/schedule.js";
import {metricsOrReason} from "../metrics/compute-metrics.js";
import {COUNTED_WITH_SPECIAL_TOKENS} from "../prompts/datasets.js";
import {answers, type Host, send} from "../server/host.js";
import {type Prompt, payload} from "../server/payload.js";
import {provenance, scrape} from "../server/provenance.js";
import {EventLog} from "../stream/event-log.js";
import {Abort} from "../stream/failure.js";
import {OpenRequest, type RequestResult} from "../stream/open-request.js";
import {mapParallel} from "../tools/map-parallel.js";
import {drive} from "./drive.js";
import type {PointEnd} from "./point-end.js";
import type {PointProgress} from "./progress.js";
import {watchSocketWait} from "./socket-wait.js";
import {Tally} from "./tally.js";
import {localDate, vllmResult} from "./vllm-result.js";
import {warningsOf} from "./warnings-of.js";
import {watchHealth} from "./watch-health.js";

interface PointOptions {
  host: Host;
  settings: RunSettings;
  prompts: readonly Prompt[];
  /** More failures than this stop the run. */
  maxFailures: number;
  keepTexts: boolean;
  prefixCacheReset: boolean | null;
  signal: AbortSignal;
  onProgress: (progress: PointProgress) => void;
  identity: Pick<Run, "id" | "series" | "repeat" | "sweep">;
}

interface PointResult {
  run: Run;
  result: VllmResult;
  end: PointEnd;
}

const UNDICI_VERSION = z
  .object({version: z.string()})
  .parse(createRequire(import.meta.url)("undici/package.json")).version;
const VERSION = z
  .object({version: z.string()})
  .parse(createRequire(import.meta.url)("../../../package.json")).version;
const WATCHDOG_MS = 50;
const PROGRESS_MS = 250;
/** So long who has interrupted a run waits for the server's counters. */
const AFTER_STOP_MS = 2000;
/** V8 collects for up to two milliseconds when it must, and that is when requests start: they leave most garbage. */
const COLLECT_EVERY_MS = 500;

export async function runPoint(options: PointOptions): Promise<PointResult> {
  const {host, settings, prompts, signal} = options;
  await warmUp(options);
  const before = await scrape(host.http, signal);
  const bodies = prompts.map((prompt) => payload(prompt, host));
  const dueMs = arrivalTimes(prompts.length, settings.seed ?? 0, arrivalsOf(settings));

  const log = new EventLog();
  const results: RequestResult[] = [];
  const open = new Set<OpenRequest>();
  const tooMany = new AbortController();
  const stop = AbortSignal.any([signal, tooMany.signal]);
  const {transport} = host;
  const opened = {sockets: transport.socketsOpened, reads: transport.reads};
  const idPrefix = `bench-${randomBytes(4).toString("hex")}-`;
  const tally = new Tally();
  let socketsWaitedFor = 0;

  collectYoung();
  const health = watchHealth();
  const startedAt = new Date();
  const {ms: origin, ns: originNs} = readClocks();
  const endOf = async (): Promise<PointEnd> => {
    if (signal.aborted) return "interrupted";
    if (tooMany.signal.aborted) return "too-many-failures";
    if (tally.failed > 0 && !(await answers(host.http))) return "host-gone";
    if (results.length === 0) return "nothing-due";
    return results.some(({failure}) => failure === null) ? "finished" : "no-success";
  };
  const start = async (index: number) => {
    const request = new OpenRequest({
      transport,
      path: host.path,
      headers: {...host.headers, "x-request-id": `${idPrefix}${index}`},
      body: bodies[index] ?? "",
      log,
      index,
      origin,
      timeouts: host.timeouts,
      redact: host.redact
    });
    open.add(request);
    const hasWaited = await watchSocketWait(transport, request);
    const result = await request.result;
    // undici gives a socket back one turn after its answer; a request sent at once would open another.
    await nextTurn();
    open.delete(request);
    results[index] =
      options.keepTexts || result.stream.completionTokens === null ? result : {...result, text: ""};
    if (hasWaited(result)) socketsWaitedFor++;
    tally.add(result);
    if (tally.failed > options.maxFailures) tooMany.abort();
  };
  const onStop = () => {
    for (const request of open) request.abort(new Abort("stopped", "the run was stopped"));
  };
  stop.addEventListener("abort", onStop);
  const watchdog = setInterval(() => {
    const now = performance.now() - origin;
    for (const request of open) request.checkTimeouts(now);
  }, WATCHDOG_MS);
  const collecting = setInterval(collectYoung, COLLECT_EVERY_MS);
  const limitMs = settings.duration_s === null ? Infinity : settings.duration_s * 1000;
  const report = setInterval(
    () => options.onProgress(tally.progress(prompts.length, performance.now() - origin, limitMs)),
    PROGRESS_MS
  );

  const {started, lagMs} = await drive({
    origin,
    dueMs,
    maxConcurrency: settings.max_concurrency ?? Infinity,
    durationMs: limitMs,
    start,
    signal: stop
  });
  const durationMs = performance.now() - origin;
  clearInterval(watchdog);
  clearInterval(report);
  clearInterval(collecting);
  stop.removeEventListener("abort", onStop);
  const clientHealth = health({
    lagMs,
    undici_version: UNDICI_VERSION,
    sockets_waited_for: socketsWaitedFor,
    sockets_opened: transport.socketsOpened - opened.sockets,
    reads: transport.reads - opened.reads
  });
  options.onProgress(tally.progress(prompts.length, durationMs, limitMs));
  const after = await scrape(host.http, signal.aborted ? AbortSignal.timeout(AFTER_STOP_MS) : signal);

  const requests = await mapParallel(results.slice(0, started), (result, index) =>
    recordOf(result, index, options, dueMs, idPrefix)
  );
  const events = log.columns();
  const end = await endOf();
  const complete = end === "finished";
  const stated: RunSettings = {...settings, num_prompts: stop.aborted ? prompts.length : started};
  const {metrics, vllmRequests, reason} = await metricsOrReason({
    settings: stated,
    durationMs,
    requests,
    events
  });
  const record = provenance(host.identity, before, after, requests, {
    prefix_cache_reset: options.prefixCacheReset,
    tokenizer: host.tokenizer.name,
    prompt_tokens_added: host.tokensAdded
  });
  const run: Run = {
    schema: "benchbook-run",
    version: 1,
    ...options.identity,
    tool: {name: "benchbook", version: VERSION},
    started_at: startedAt.toISOString(),
    date: localDate(startedAt),
    complete,
    settings: stated,
    duration_s: durationMs / 1000,
    clock: "run",
    monotonic_origin_ns: String(originNs),
    chunk_tokens_known: areCounted(results.slice(0, started)),
    requests,
    metrics,
    provenance: record,
    health: clientHealth,
    warnings: [],
    events
  };
  run.warnings = warningsOf({
    settings: stated,
    durationMs,
    requests,
    metrics,
    metricsFailed: reason,
    provenance: record,
    specialTokensCounted: COUNTED_WITH_SPECIAL_TOKENS.includes(settings.dataset?.name ?? "")
      ? host.tokenizer.specialTokensAdded
      : 0,
    health: clientHealth,
    chunkTokensKnown: run.chunk_tokens_known,
    end
  });
  const texts = requests.map((_, i) => (options.keepTexts ? host.redact(results[i]?.text ?? "") : ""));
  return {run, result: vllmResult(run, vllmRequests, texts, prompts.length), end};
}

/** Copies of the first prompt under the same concurrency, as vLLM warms up. */
async function warmUp({host, settings, prompts, signal}: PointOptions): Promise<void> {
  const [first] = prompts;
  const count = settings.num_warmups ?? 0;
  if (!first || count === 0) return;
  await drive({
    origin: performance.now(),
    dueMs: new Array<number>(count).fill(0),
    maxConcurrency: settings.max_concurrency ?? Infinity,
    durationMs: Infinity,
    start: async () => {
      await send(host, first, signal);
    },
    signal
  });
}

async function recordOf(
  result: RequestResult,
  index: number,
  {host, prompts}: PointOptions,
  dueMs: readonly number[],
  idPrefix: string
): Promise<RequestRecord> {
  const prompt = prompts[index];
  const {stream} = result;
  const needsCount = stream.completionTokens === null && result.text !== "" && host.tokenizer.exact;
  return {
    index,
    id: `${idPrefix}${index}`,
    scheduled_ms: dueMs[index] ?? 0,
    start_ms: result.startMs,
    sent_ms: result.sentMs,
    first_byte_ms: result.firstByteMs,
    end_ms: result.endMs,
    input_tokens: prompt?.inputTokens ?? null,
    expected_output_tokens: prompt?.outputTokens ?? null,
    prompt_tokens: stream.promptTokens,
    completion_tokens: stream.completionTokens,
    cached_tokens: stream.cachedTokens,
    retokenized_tokens: needsCount
      ? await host.tokenizer.encode(result.text).then(
          (ids) => ids.length,
          () => null
        )
      : null,
    http_status: result.status,
    finish_reason: stream.finishReason,
    failure: result.failure
  };
}

/** Whether the tokens of every chunk with output are known. */
function areCounted(results: readonly RequestResult[]): boolean {
  const answered = results.filter(({stream}) => stream.contentEvents > 0);
  return answered.length > 0 && answered.every(({countedByChunk}) => countedByChunk);
}
