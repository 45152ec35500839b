// One run: sends and records its requests, asks the server for its counters, computes the metrics.

import {randomBytes} from "node:crypto";
import type {RequestRecord, Run, RunSettings} from "../../formats/run-record.js";
import type {VllmResult} from "../../formats/vllm-file.js";
import {arrivalsOf, arrivalTimes} from "../call/schedule.js";
import {metricsOrReason} from "../metrics/compute-metrics.js";
import {answers, send} from "../server/host.js";
import {type Prompt, payload} from "../server/payload.js";
import {provenance, scrape} from "../server/provenance.js";
import type {RequestResult} from "../stream/open-request.js";
import {mapParallel} from "../tools/map-parallel.js";
import {drive} from "./drive.js";
import type {PointEnd} from "./point-end.js";
import {type Recorded, record, type Sending} from "./recording.js";
import {runOf} from "./run-of.js";

interface PointOptions extends Pick<Sending, "host" | "maxFailures" | "keepTexts" | "signal" | "onProgress"> {
  settings: RunSettings;
  prompts: readonly Prompt[];
  prefixCacheReset: boolean | null;
  identity: Pick<Run, "id" | "series" | "repeat" | "sweep">;
}

interface PointResult {
  run: Run;
  result: VllmResult;
  end: PointEnd;
}

/** How long an interrupted run waits for the server's counters. */
const AFTER_STOP_MS = 2000;

export async function runPoint(options: PointOptions): Promise<PointResult> {
  const {host, settings, prompts, signal, identity, keepTexts} = options;
  await warmUp(options);
  const before = await scrape(host.http, signal);
  const sending: Sending = {
    ...options,
    bodies: prompts.map((prompt) => payload(prompt, host)),
    dueMs: arrivalTimes(prompts.length, settings.seed ?? 0, arrivalsOf(settings)),
    idPrefix: `bench-${randomBytes(4).toString("hex")}-`,
    maxConcurrency: settings.max_concurrency ?? Infinity,
    limitMs: settings.duration_s === null ? Infinity : settings.duration_s * 1000
  };
  const recorded = await record(sending);
  const after = await scrape(host.http, signal.aborted ? AbortSignal.timeout(AFTER_STOP_MS) : signal);
  const requests = await mapParallel(recorded.results, (result, index) =>
    recordOf(result, index, options, sending)
  );
  const end = await endOf(recorded, options);
  const wasStopped = signal.aborted || recorded.hadTooManyFailures;
  const stated = {...settings, num_prompts: wasStopped ? prompts.length : requests.length};
  const {durationMs, events} = recorded;
  const point = runOf({
    identity,
    host,
    recorded,
    planned: prompts.length,
    settings: stated,
    requests,
    computed: await metricsOrReason({settings: stated, durationMs, requests, events}),
    provenance: provenance(host.identity, before, after, requests, {
      prefix_cache_reset: options.prefixCacheReset,
      tokenizer: host.tokenizer.name,
      prompt_tokens_added: host.tokensAdded
    }),
    keepTexts,
    end
  });
  return {...point, end};
}

/** Sends copies of the first prompt at the same concurrency, as vLLM does. */
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

async function endOf(
  {results, failed, hadTooManyFailures}: Recorded,
  {host, signal}: PointOptions
): Promise<PointEnd> {
  if (signal.aborted) return "interrupted";
  if (hadTooManyFailures) return "too-many-failures";
  if (failed > 0 && !(await answers(host.http))) return "host-gone";
  if (results.length === 0) return "nothing-due";
  return results.some(({failure}) => failure === null) ? "finished" : "no-success";
}

async function recordOf(
  result: RequestResult,
  index: number,
  {host, prompts}: PointOptions,
  {dueMs, idPrefix}: Sending
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
