// Results as rows of the warehouse.

import type {DuckDBValue} from "@duckdb/node-api";
import {count} from "../formats/numbers.js";
import type {RunRecord} from "../formats/run.js";
import type {Result} from "./filed-result.js";
import {offeredLoad} from "./offered-load.js";
import {type KeptRequest, keptRequests, mostRequests} from "./thinning.js";

type Rows = DuckDBValue[][];

export function resultRows(results: readonly Result[]): [table: string, rows: Rows][] {
  const most = mostRequests(results.map(({run}) => run.requests?.length ?? 0));
  const kept = results.map((result) => ({result, requests: keptRequests(result.run, most)}));
  return [
    ["run", kept.map(({result, requests}) => runRow(result, requests.length))],
    ["run_metric", results.flatMap(metricRows)],
    ["run_warning", results.flatMap(({id, run}) => run.warnings.map((w) => [id, w.code, w.message]))],
    ["request", kept.flatMap(({result, requests}) => requests.map((request) => requestRow(result, request)))],
    ["chunk_gap", results.flatMap(gapRows)]
  ];
}

function runRow({id, series, file, live, run}: Result, requestsKept: number): DuckDBValue[] {
  const {settings, provenance, requests} = run;
  return [
    id,
    series,
    offeredLoad(settings),
    settings.max_concurrency,
    settings.ramp_up === null && typeof settings.request_rate === "number" ? settings.request_rate : null,
    run.repeat,
    run.started_at ?? run.date,
    provenance?.simulated ?? false,
    live,
    run.complete,
    run.tool.name,
    provenance?.server_version ?? null,
    settings.model,
    settings.endpoint ?? settings.backend,
    settings.num_prompts,
    settings.seed === null ? null : BigInt(settings.seed),
    run.duration_s,
    run.clock,
    requests?.length ?? settings.num_prompts,
    failedOf(run),
    requestsKept,
    file
  ];
}

/** Older files of vLLM give no number of failures. */
function failedOf({requests, settings, metrics}: RunRecord): number {
  const reported = metrics["as-reported"];
  return (
    requests?.filter(({failure}) => failure !== null).length ??
    reported?.failed ??
    settings.num_prompts - (reported?.completed ?? settings.num_prompts)
  );
}

function metricRows({id, run}: Result): Rows {
  const byLabel = Object.entries({...run.metrics, server: serverMetrics(run)});
  return byLabel.flatMap(([semantics, metrics]) =>
    Object.entries(metrics ?? {}).flatMap(([metric, value]) =>
      value === null ? [] : [[id, semantics, metric, value, unitOf(metric)]]
    )
  );
}

/** What the server counted during the run. */
function serverMetrics({provenance}: RunRecord): Record<string, number | null> {
  const draft = provenance?.spec_decode;
  return {
    acceptance_rate: draft?.acceptance_rate_percent == null ? null : draft.acceptance_rate_percent / 100,
    acceptance_length: draft?.acceptance_length ?? null,
    prefix_cache_hit_rate: provenance?.prefix_cache?.hit_rate ?? null,
    preemptions: provenance?.preemptions ?? null
  };
}

/** vLLM names the unit of a time in the name of its metric, and of no other. */
function unitOf(metric: string): string {
  if (metric.endsWith("_ms")) return "ms";
  if (metric.endsWith("_s") && metric.startsWith("duration")) return "s";
  if (metric === "request_throughput" || metric === "request_goodput") return "req/s";
  if (metric.endsWith("throughput") || metric.endsWith("tokens_per_s")) return "tok/s";
  if (metric.startsWith("total_") || metric === "acceptance_length") return "tokens";
  if (metric.endsWith("_rate") || metric.endsWith("_ratio")) return "ratio";
  return "1";
}

function requestRow({id, run, output}: Result, {request, sampled}: KeptRequest): DuckDBValue[] {
  const start = run.clock === "request" ? 0 : request.start_ms;
  const stream = output?.streams.get(request.index);
  return [
    id,
    request.index,
    micro(request.scheduled_ms),
    micro(start),
    micro(request.sent_ms),
    micro(request.first_byte_ms),
    micro(stream?.firstMs ?? null),
    micro(stream?.lastMs ?? null),
    micro(request.end_ms),
    tokens(request.prompt_tokens ?? request.input_tokens),
    tokens(request.completion_tokens ?? request.retokenized_tokens),
    stream === undefined || stream.firstTokens < 0 ? null : stream.firstTokens,
    stream?.chunks ?? 0,
    request.failure?.kind ?? null,
    sampled
  ];
}

/** Whatever its server says, no request has such a number of tokens: how many it had is not known then. */
function tokens(stated: number | null): number | null {
  return count.nullable().safeParse(stated).data ?? null;
}

/** Microseconds are what the client's clock is good for; fewer digits compress better. */
function micro(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 1000) / 1000;
}

function gapRows({id, run, output}: Result): Rows {
  if (output === null || !run.complete) return [];
  return output.gaps.map(({fromMs, toMs, chunks}) => [id, fromMs, toMs, chunks]);
}
