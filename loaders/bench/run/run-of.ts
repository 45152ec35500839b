// A run as it is stored: the recording, its metrics, and warnings for readers.

import {createRequire} from "node:module";
import {z} from "zod";
import type {Provenance, RequestRecord, Run, RunSettings} from "../../formats/run-record.js";
import type {VllmResult} from "../../formats/vllm-file.js";
import type {metricsOrReason} from "../metrics/compute-metrics.js";
import {COUNTED_WITH_SPECIAL_TOKENS} from "../prompts/datasets.js";
import type {Host} from "../server/host.js";
import type {RequestResult} from "../stream/open-request.js";
import type {PointEnd} from "./point-end.js";
import type {Recorded} from "./recording.js";
import {localDate, vllmResult} from "./vllm-result.js";
import {warningsOf} from "./warnings-of.js";

/** Everything that a run is made from. */
export interface PointRecord {
  identity: Pick<Run, "id" | "series" | "repeat" | "sweep">;
  host: Host;
  recorded: Recorded;
  /** The number of requests in the schedule. */
  planned: number;
  settings: RunSettings;
  requests: RequestRecord[];
  computed: Awaited<ReturnType<typeof metricsOrReason>>;
  provenance: Provenance;
  keepTexts: boolean;
  end: PointEnd;
}

const VERSION = z
  .object({version: z.string()})
  .parse(createRequire(import.meta.url)("../../../package.json")).version;

/** The run, and the file that vLLM would have saved for it. */
export function runOf(point: PointRecord): {run: Run; result: VllmResult} {
  const {recorded, settings, requests, computed, provenance, host, end} = point;
  const {startedAt, originNs, durationMs, results, health, events} = recorded;
  const areTokensKnown = areCounted(results);
  const warnings = warningsOf({
    settings,
    durationMs,
    requests,
    metrics: computed.metrics,
    metricsFailed: computed.reason,
    provenance,
    specialTokensCounted: COUNTED_WITH_SPECIAL_TOKENS.includes(settings.dataset?.name ?? "")
      ? host.tokenizer.specialTokensAdded
      : 0,
    health,
    chunkTokensKnown: areTokensKnown,
    end
  });
  const run: Run = {
    schema: "benchbook-run",
    version: 1,
    ...point.identity,
    tool: {name: "benchbook", version: VERSION},
    started_at: startedAt.toISOString(),
    date: localDate(startedAt),
    complete: end === "finished",
    settings,
    duration_s: durationMs / 1000,
    clock: "run",
    monotonic_origin_ns: String(originNs),
    chunk_tokens_known: areTokensKnown,
    requests,
    metrics: computed.metrics,
    provenance,
    health,
    warnings,
    events
  };
  const texts = requests.map((_, i) => (point.keepTexts ? host.redact(results[i]?.text ?? "") : ""));
  return {run, result: vllmResult(run, computed.vllmRequests, texts, point.planned)};
}

/** Whether the tokens of every chunk with output are known. */
function areCounted(results: readonly RequestResult[]): boolean {
  const answered = results.filter(({stream}) => stream.contentEvents > 0);
  return answered.length > 0 && answered.every(({countedByChunk}) => countedByChunk);
}
