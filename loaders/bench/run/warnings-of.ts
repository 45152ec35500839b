// Warnings: what a reader must know before trusting a run's figures.

import {isExtreme} from "../../formats/extreme-percentile.js";
import type {
  ClientHealth,
  Metrics,
  Provenance,
  RequestRecord,
  RunSettings,
  Warning
} from "../../formats/run-record.js";
import {TYPED} from "../call/flag-names.js";
import {mayHaveRun} from "../server/provenance.js";
import {failureCounts, type PointEnd, whyEnded} from "./point-end.js";

const LOOP_DELAY_MS = 10;
const SCHEDULE_LAG_MS = 10;
const CPU_SHARE = 0.9;
const STEAL_SHARE = 0.05;
const FOREIGN_SHARE = 0.01;
const CACHE_MARGIN = 0.05;
const LENGTH_MARGIN = 0.05;
const SLOTS_FILLED = 0.95;
const STEADY_MIN_MS = 10_000;

export interface Judged {
  settings: RunSettings;
  durationMs: number;
  requests: readonly RequestRecord[];
  metrics: Metrics;
  /** Why there are no metrics. */
  metricsFailed: string | null;
  provenance: Provenance;
  /** How many of the tokens that the server adds to each prompt are already counted in `input_tokens`. */
  specialTokensCounted: number;
  health: ClientHealth;
  chunkTokensKnown: boolean;
  end: PointEnd;
}

export function warningsOf(run: Judged): Warning[] {
  return [
    ...interrupted(run),
    ...metricsFailed(run),
    ...failures(run),
    ...sickClient(run.health),
    ...heldUpClient(run.health),
    ...countersReset(run),
    ...foreignTraffic(run),
    ...warmPrefixCache(run),
    ...fewSamples(run),
    ...usage(run),
    ...promptLengths(run),
    ...steadyState(run),
    ...littlesLaw(run),
    ...(run.provenance.simulated ? [warn("simulated", "the server is a simulator")] : [])
  ];
}

function warn(code: Warning["code"], message: string): Warning {
  return {code, message};
}

function interrupted({end, requests, settings}: Judged): Warning[] {
  if (end === "finished") return [];
  const stopped = end === "interrupted" || end === "too-many-failures";
  const extent = stopped ? `stopped after ${requests.length} of ${settings.num_prompts} requests` : null;
  const why = end === "interrupted" ? null : whyEnded(end, TYPED);
  return [warn("interrupted", [extent, why].filter((part) => part !== null).join(": "))];
}

function metricsFailed({metricsFailed: reason}: Judged): Warning[] {
  if (reason === null) return [];
  return [
    warn("no-metrics", `the metrics could not be computed (${reason}): requests and events are kept without`)
  ];
}

function failures({requests}: Judged): Warning[] {
  const counts = failureCounts(requests);
  if (counts === null) return [];
  const failed = requests.filter(({failure}) => failure !== null).length;
  return [warn("failures", `${failed} of ${requests.length} requests failed: ${counts}`)];
}

function sickClient({
  event_loop_delay_ms: delay,
  schedule_lag_ms: lag,
  cpu_share,
  sockets_waited_for
}: ClientHealth) {
  const signs = [
    delay.p99 > LOOP_DELAY_MS && `event loop late by ${delay.p99.toFixed(1)} ms (p99)`,
    lag.p99 > SCHEDULE_LAG_MS && `requests late by ${lag.p99.toFixed(1)} ms (p99)`,
    cpu_share > CPU_SHARE && `${Math.round(100 * cpu_share)} % of a core used`,
    sockets_waited_for > 0 && `${count(sockets_waited_for, "request")} waited for a socket`
  ].filter((sign) => sign !== false);
  return signs.length > 0 ? [warn("sick-client", `the client was overloaded: ${signs.join(", ")}`)] : [];
}

function heldUpClient({steal_share}: ClientHealth): Warning[] {
  if (steal_share === null || steal_share <= STEAL_SHARE) return [];
  const percent = Math.round(100 * steal_share);
  return [
    warn(
      "held-up-client",
      `the client's machine is virtual and stood still: its host took ${percent} % of the processor time it wanted`
    )
  ];
}

function countersReset({provenance: {counters_reset}}: Judged): Warning[] {
  if (!counters_reset) return [];
  return [
    warn(
      "counters-reset",
      "the server's counters began anew: it restarted, and acceptance, cache hits and other traffic are unknown"
    )
  ];
}

function foreignTraffic({provenance: {traffic}, requests}: Judged): Warning[] {
  if (!traffic) return [];
  const extraRequests = (traffic.server_requests ?? 0) - traffic.client_requests;
  const extraTokens = traffic.server_generation_tokens - traffic.client_generation_tokens;
  const tolerated = FOREIGN_SHARE * traffic.client_generation_tokens + unseenTokens(requests);
  if (extraRequests <= 0 && extraTokens <= tolerated) return [];
  return [
    warn(
      "foreign-traffic",
      `the server counted ${traffic.server_requests ?? "?"} requests and ${traffic.server_generation_tokens} tokens, this client had ${traffic.client_requests} answered and received ${traffic.client_generation_tokens}: others used it too`
    )
  ];
}

/** The most tokens that the server may have generated for requests whose tokens were lost or not counted. */
function unseenTokens(requests: readonly RequestRecord[]): number {
  return requests
    .filter((r) => mayHaveRun(r) && (r.failure !== null || r.completion_tokens === null))
    .reduce(
      (sum, r) => sum + Math.max(0, (r.expected_output_tokens ?? Infinity) - (r.completion_tokens ?? 0)),
      0
    );
}

function warmPrefixCache({provenance: {prefix_cache}, settings: {dataset}}: Judged): Warning[] {
  const rate = prefix_cache?.hit_rate ?? 0;
  const prefix = dataset?.prefix_len ?? 0;
  const shared = prefix / Math.max(1, prefix + (dataset?.input_len ?? dataset?.suffix_len ?? 0));
  if (rate <= shared + CACHE_MARGIN) return [];
  return [
    warn(
      "warm-prefix-cache",
      `${Math.round(100 * rate)} % of prompt tokens came from the prefix cache, ${Math.round(100 * shared)} % are shared by design: prompts were seen before`
    )
  ];
}

/** Warns of every stored percentile that is merely an extreme, except minimum and maximum. */
function fewSamples({metrics}: Judged): Warning[] {
  const unfit = new Map<string, {percents: Set<number>; samples: number}>();
  for (const figures of Object.values(metrics)) {
    for (const key of Object.keys(figures)) {
      const [, percent, metric = ""] = /^p([\d.]+)_(\w+)_ms$/.exec(key) ?? [];
      const p = Number(percent);
      const samples = figures[`samples_${metric}`] ?? 0;
      if (!(p > 0 && p < 100) || !isExtreme(p, samples)) continue;
      const entry = unfit.get(metric) ?? {percents: new Set(), samples};
      entry.percents.add(p);
      unfit.set(metric, {...entry, samples: Math.min(samples, entry.samples)});
    }
  }
  if (unfit.size === 0) return [];
  const claims = new Map<string, string[]>();
  for (const [metric, {percents, samples}] of unfit) {
    const names = [...percents].sort((x, y) => x - y).map((p) => `p${p}`);
    const claim = `${names.join(", ")} of ${samples} values each`;
    claims.set(claim, [...(claims.get(claim) ?? []), metric]);
  }
  const listed = [...claims].map(([claim, names]) => `${names.join(", ")}: ${claim}`).join("; ");
  return [warn("too-few-samples", `no more than the extreme value repeated: ${listed}`)];
}

/** `1 answer`, `2 answers`. */
function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

function usage({requests, chunkTokensKnown, settings}: Judged): Warning[] {
  const answered = requests.filter((r) => r.failure === null);
  const without = answered.filter((r) => r.completion_tokens === null);
  const uncounted = without.filter((r) => r.retokenized_tokens === null).length;
  const counted = without.length - uncounted;
  return [
    ...(counted > 0
      ? [
          warn(
            "no-usage",
            `${count(counted, "answer")} came without usage: the tokens of their text were counted anew, those of reasoning and tool calls are unknown`
          )
        ]
      : []),
    ...(uncounted > 0
      ? [
          warn(
            "no-usage",
            `${count(uncounted, "answer")} came without usage, and no tokenizer of the server could count their tokens: no token throughput`
          )
        ]
      : []),
    ...(answered.length > 0 && !chunkTokensKnown
      ? [
          warn(
            "tokens-per-chunk-unknown",
            settings.continuous_usage === false
              ? "tokens were not asked for chunk by chunk (--no-continuous-usage): no per-token gap"
              : "the server does not count tokens chunk by chunk: no per-token gap"
          )
        ]
      : [])
  ];
}

function promptLengths({requests, provenance, specialTokensCounted}: Judged): Warning[] {
  const known = requests.filter((r) => r.prompt_tokens !== null && r.input_tokens !== null);
  if (known.length === 0) return [];
  const {prompt_tokens_added: added, tokenizer} = provenance;
  const more = added === null ? 0 : added - specialTokensCounted;
  const sent = known.reduce((sum, r) => sum + (r.input_tokens ?? 0) + more, 0);
  const counted = known.reduce((sum, r) => sum + (r.prompt_tokens ?? 0), 0);
  if (Math.abs(counted - sent) <= LENGTH_MARGIN * sent) return [];
  const mean = (tokens: number) => (tokens / known.length).toFixed(0);
  const own = added === null ? "what the server adds is not known" : `with the ${added} that the server adds`;
  return [
    warn(
      "prompt-length-differs",
      `the server counted ${mean(counted)} prompt tokens a request, ${mean(sent)} were meant, ${own} (tokenizer: ${tokenizer ?? "none"})`
    )
  ];
}

function steadyState({metrics, durationMs, settings}: Judged): Warning[] {
  if (settings.max_concurrency === null) return [];
  const window = metrics["benchbook-1"]?.steady_state_duration_ms ?? 0;
  if (window >= Math.max(STEADY_MIN_MS, 0.1 * durationMs)) return [];
  return [
    warn(
      "short-steady-state",
      `at full concurrency for ${(window / 1000).toFixed(1)} s of ${(durationMs / 1000).toFixed(1)} s: too short for a steady state`
    )
  ];
}

/** Checks Little's law. Under a request rate, the schedule and not the client decides how many slots are filled. */
function littlesLaw({metrics, settings: {max_concurrency, request_rate, ramp_up}}: Judged): Warning[] {
  const ratio = metrics["benchbook-1"]?.littles_law_ratio;
  if (ratio == null || ratio >= SLOTS_FILLED || request_rate !== "inf" || ramp_up !== null) return [];
  const filled = (ratio * (max_concurrency ?? 0)).toFixed(1);
  return [
    warn(
      "littles-law",
      `slots stood empty: ${filled} of ${max_concurrency} requests were in flight at full concurrency: figures understate the server`
    )
  ];
}
