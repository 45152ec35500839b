// Results as rows of the warehouse.

import {count} from "../formats/numbers.js";
import type {RunRecord} from "../formats/run-record.js";
import type {Result} from "../results/filed-result.js";
import {offeredLoad} from "../results/offered-load.js";
import {type KeptRequest, keptRequests, mostRequests} from "../results/thinning.js";
import type {Row} from "./insert.js";

export function resultRows(results: readonly Result[]): [table: string, rows: Row[]][] {
  const most = mostRequests(results.map(({run}) => run.requests?.length ?? 0));
  const kept = results.map((result) => ({result, requests: keptRequests(result.run, most)}));
  return [
    ["run", kept.map(({result, requests}) => runRow(result, requests.length))],
    ["run_metric", results.flatMap(metricRows)],
    [
      "run_warning",
      results.flatMap(({id, run}) => run.warnings.map(({code, message}) => ({run: id, code, message})))
    ],
    ["request", kept.flatMap(({result, requests}) => requests.map((request) => requestRow(result, request)))],
    ["chunk_gap", results.flatMap(gapRows)]
  ];
}

function runRow({id, series, file, live, run}: Result, requestsKept: number): Row {
  const {settings, provenance, requests} = run;
  return {
    id,
    series,
    offered_load: offeredLoad(settings),
    concurrency: settings.max_concurrency,
    request_rate:
      settings.ramp_up === null && typeof settings.request_rate === "number" ? settings.request_rate : null,
    repeat: run.repeat,
    started: run.started_at ?? run.date,
    simulated: provenance?.simulated ?? false,
    live,
    complete: run.complete,
    tool: run.tool.name,
    server_version: provenance?.server_version ?? null,
    model: settings.model,
    endpoint: settings.endpoint ?? settings.backend,
    num_prompts: settings.num_prompts,
    seed: settings.seed === null ? null : BigInt(settings.seed),
    duration_s: run.duration_s,
    clock: run.clock,
    requests: requests?.length ?? settings.num_prompts,
    failed: failedOf(run),
    requests_kept: requestsKept,
    file
  };
}

/** Failed requests; older vLLM files do not count them. */
function failedOf({requests, settings, metrics}: RunRecord): number {
  const reported = metrics["as-reported"];
  return (
    requests?.filter(({failure}) => failure !== null).length ??
    reported?.failed ??
    settings.num_prompts - (reported?.completed ?? settings.num_prompts)
  );
}

function metricRows({id, run}: Result): Row[] {
  const byLabel = Object.entries({...run.metrics, server: serverMetrics(run)});
  return byLabel.flatMap(([semantics, metrics]) =>
    Object.entries(metrics ?? {}).flatMap(([metric, value]) =>
      value === null ? [] : [{run: id, semantics, metric, value, unit: unitOf(metric)}]
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

/** The unit of a metric. Only the names of vLLM's times contain one. */
function unitOf(metric: string): string {
  if (metric.endsWith("_ms")) return "ms";
  if (metric.endsWith("_s") && metric.startsWith("duration")) return "s";
  if (metric === "request_throughput" || metric === "request_goodput") return "req/s";
  if (metric.endsWith("throughput") || metric.endsWith("tokens_per_s")) return "tok/s";
  if (metric.startsWith("total_") || metric === "acceptance_length") return "tokens";
  if (metric.endsWith("_rate") || metric.endsWith("_ratio")) return "ratio";
  return "1";
}

function requestRow({id, run, output}: Result, {request, sampled}: KeptRequest): Row {
  const start = run.clock === "request" ? 0 : request.start_ms;
  const stream = output?.streams.get(request.index);
  return {
    run: id,
    request: request.index,
    scheduled_ms: micro(request.scheduled_ms),
    start_ms: micro(start),
    sent_ms: micro(request.sent_ms),
    first_byte_ms: micro(request.first_byte_ms),
    first_chunk_ms: micro(stream?.firstMs ?? null),
    last_chunk_ms: micro(stream?.lastMs ?? null),
    end_ms: micro(request.end_ms),
    input_tokens: tokens(request.prompt_tokens ?? request.input_tokens),
    output_tokens: tokens(request.completion_tokens ?? request.retokenized_tokens),
    first_chunk_tokens: stream === undefined || stream.firstTokens < 0 ? null : stream.firstTokens,
    chunks: stream?.chunks ?? 0,
    failure: request.failure?.kind ?? null,
    sampled
  };
}

/** Token counts that no request can have are treated as unknown, whatever the server says. */
function tokens(stated: number | null): number | null {
  return count.nullable().safeParse(stated).data ?? null;
}

/** Rounds to microseconds: the client's clock is no better, and fewer digits compress better. */
function micro(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 1000) / 1000;
}

function gapRows({id, run, output}: Result): Row[] {
  if (output === null || !run.complete) return [];
  return output.gaps.map(({fromMs, toMs, chunks}) => ({run: id, low_ms: fromMs, high_ms: toMs, chunks}));
}
