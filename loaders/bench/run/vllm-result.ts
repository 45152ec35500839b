// A run as vLLM 0.15.1 would have saved it with --save-detailed: the same keys in the same order (serve.py:946-1030).

import {LATENCIES, type Run, type RunSettings} from "../../formats/run-record.js";
import type {VllmResult} from "../../formats/vllm-file.js";
import {rampedRate} from "../call/schedule.js";
import type {VllmRequest} from "../metrics/compute-metrics.js";

/** `YYYYmmdd-HHMMSS` in local time. */
export function localDate(date: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}

/** The metrics that vLLM would write: queue times need a limit, and latency with queueing also a request rate. */
function metricsIn({percentile_metrics, max_concurrency, request_rate}: RunSettings): string[] {
  const hasQueue = max_concurrency !== null;
  const hasRate = typeof request_rate === "number";
  return LATENCIES.filter(
    (metric) =>
      percentile_metrics.includes(metric) &&
      (metric !== "client_queue_time" || hasQueue) &&
      (metric !== "e2el_including_client_queue" || (hasQueue && hasRate))
  );
}

/**
 * @param texts the answers of the sent requests
 * @param planned the number of requests in the schedule
 * @returns the result; its `errors` include errors within streams, which vLLM would omit
 */
export function vllmResult(
  run: Run,
  vllmRequests: readonly VllmRequest[],
  texts: readonly string[],
  planned: number
): VllmResult {
  const {settings} = run;
  const requests = run.requests ?? [];
  const metrics = run.metrics["vllm-0.15.1"] ?? {};
  const later = run.metrics["vllm-2026-09"] ?? {};
  // vLLM writes 0 for a sample without values, but tokens that nobody counted are not 0.
  const figure = (name: string) => metrics[name] ?? later[name] ?? 0;
  const areTokensKnown = metrics.total_output_tokens != null;
  const ofTokens = (name: string) => (areTokensKnown ? figure(name) : null);
  const originS = Number(run.monotonic_origin_ns ?? 0) / 1e9;
  const ramp = settings.ramp_up;
  const specDecode = run.provenance?.spec_decode;
  return {
    date: run.date ?? "",
    endpoint_type: settings.backend ?? "",
    backend: settings.backend ?? "",
    label: settings.label,
    model_id: settings.model ?? "",
    tokenizer_id: settings.model,
    num_prompts: settings.num_prompts,
    ...settings.metadata,
    request_rate: settings.request_rate ?? "inf",
    burstiness: settings.burstiness ?? 1,
    max_concurrency: settings.max_concurrency,
    ...(ramp
      ? {ramp_up_strategy: ramp.strategy, ramp_up_start_rps: ramp.start_rps, ramp_up_end_rps: ramp.end_rps}
      : {}),
    duration: run.duration_s,
    completed: figure("completed"),
    failed: figure("failed"),
    total_input_tokens: figure("total_input_tokens"),
    total_output_tokens: ofTokens("total_output_tokens"),
    request_throughput: figure("request_throughput"),
    request_goodput: metrics.request_goodput ?? null,
    output_throughput: ofTokens("output_throughput"),
    total_token_throughput: ofTokens("total_token_throughput"),
    input_lens: requests.map((r) => r.input_tokens ?? 0),
    output_lens: vllmRequests.map((r) => (r.success ? (r.output_tokens ?? 0) : 0)),
    ttfts: vllmRequests.map((r) => r.ttft_ms / 1000),
    itls: vllmRequests.map((r) => r.itls_ms.map((ms) => ms / 1000)),
    start_times: requests.map((r) => originS + (r.start_ms ?? 0) / 1000),
    generated_texts: [...texts],
    errors: requests.map((r) => r.failure?.message ?? ""),
    max_output_tokens_per_s: figure("max_output_tokens_per_s"),
    max_concurrent_requests: figure("max_concurrent_requests"),
    ...(ramp ? {rps_change_events: rateChanges(run, ramp, planned)} : {}),
    ...(specDecode
      ? {
          spec_decode_acceptance_rate: specDecode.acceptance_rate_percent ?? 0,
          spec_decode_acceptance_length: specDecode.acceptance_length ?? 0,
          spec_decode_num_drafts: specDecode.drafts,
          spec_decode_draft_tokens: specDecode.draft_tokens,
          spec_decode_accepted_tokens: specDecode.accepted_tokens,
          spec_decode_per_position_acceptance_rates: specDecode.acceptance_per_position
        }
      : {}),
    ...Object.fromEntries(
      metricsIn(settings).flatMap((metric) =>
        ["mean", "median", "std", ...settings.metric_percentiles.map((p) => `p${p}`)].map((statistic) => {
          const name = `${statistic}_${metric}_ms`;
          return [name, metric === "tpot" ? ofTokens(name) : figure(name)];
        })
      )
    )
  };
}

/** The initial rate, then each whole rate that the ramp had passed when a request was due. */
function rateChanges(run: Run, ramp: NonNullable<RunSettings["ramp_up"]>, planned: number) {
  const start = Date.parse(run.started_at ?? "");
  const change = (rps: number, ms: number) => ({rps, timestamp: localIso(new Date(start + ms))});
  const {strategy, start_rps, end_rps} = ramp;
  const changes = [change(start_rps, 0)];
  let last = start_rps;
  for (const {index, scheduled_ms} of run.requests ?? []) {
    const current = Math.trunc(rampedRate(index, planned, {strategy, startRps: start_rps, endRps: end_rps}));
    while (last < current) changes.push(change(++last, scheduled_ms ?? 0));
  }
  return changes;
}

function localIso(date: Date): string {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().replace("Z", "");
}
