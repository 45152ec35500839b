// Every metric again, computed from the simulator's log of when each request came and each chunk left, without
// the SQL views. The log's times agree to within how late the client was in that run; the same calculation on
// the times the client recorded agrees exactly.

import assert from "node:assert/strict";
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {arrivalTimes} from "../../loaders/bench/call/schedule.js";
import type {Run} from "../../loaders/formats/run-record.js";
import type {LoggedRequest} from "../../loaders/simulate/simulator-log.js";
import type {SimulatorInput} from "../../loaders/simulate/simulator-options.js";
import {startSimulator} from "../../loaders/simulate/start-simulator.js";
import {DRAFTING} from "../simulate/deployments.js";
import {runBench} from "./server.js";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "independent-"));
});
after(() => rm(folder, {recursive: true}));

/** A request as the simulator saw it; ms on the run's clock. */
interface Seen {
  dueMs: number;
  startMs: number;
  endMs: number;
  /** In order, without `[DONE]`. */
  events: {ms: number; kind: string; tokens: number}[];
  fault: string | null;
  promptTokens: number;
  /** The client's count of the prompt's tokens: the one number the simulator cannot know. */
  clientTokens: number;
}

/** How much the client's clock readings may differ from the simulator's. */
interface Lateness {
  start: number;
  chunk: number;
  end: number;
}

/** A request under one definition. */
interface Judged {
  startMs: number;
  endMs: number;
  ttft: number;
  e2el: number;
  tpot: number | null;
  queue: number;
  gaps: number[];
  chunkMs: number[];
  inputTokens: number;
  outputTokens: number;
}

async function measure(name: string, simulator: SimulatorInput, flags: string[]) {
  const server = await startSimulator({deployment: DRAFTING, speed: 5, ...simulator});
  const {runs} = await runBench(server.url, join(folder, name), [
    "--random-input-len",
    "32",
    "--metric-percentiles",
    "99,99.9",
    ...flags
  ]).finally(() => server.close());
  const run = runs[0] ?? assert.fail("no run");
  const logged = new Map(server.log.requests.map((r) => [r.id, r]));
  return {run, ...pair(run, logged)};
}

interface Pair {
  /** By the simulator's clock. */
  seen: Seen[];
  /** The same, at the times the client recorded. */
  recorded: Seen[];
  lateness: Lateness;
}

function pair(run: Run, logged: Map<string, LoggedRequest>): Pair {
  const origin = BigInt(run.monotonic_origin_ns ?? "0");
  const at = (ns: bigint | null) => Number((ns ?? 0n) - origin) / 1e6;
  const requests = run.requests ?? [];
  const {request_rate: rate} = run.settings;
  const due = arrivalTimes(requests.length, run.settings.seed ?? 0, {
    requestRate: typeof rate === "number" ? rate : Infinity,
    burstiness: 1,
    rampUp: null
  });
  const arrivals = requests.map((): number[] => []);
  run.events?.request.forEach((index, i) => {
    arrivals[index]?.push((run.events?.time_ns[i] ?? 0) / 1e6);
  });
  const lateness = {start: 0, chunk: 0, end: 0};
  const raise = (key: keyof Lateness, ms: number) => {
    lateness[key] = Math.max(lateness[key], Math.abs(ms) + 0.01);
  };
  const seen = requests.map((record, i): Seen => {
    const log = logged.get(record.id ?? "") ?? assert.fail("a request is not in the log");
    const startMs = at(log.arrivalNs);
    const endMs = at(log.endNs);
    raise("start", startMs - (record.start_ms ?? NaN));
    raise("end", endMs - (record.end_ms ?? NaN));
    assert.ok((arrivals[i]?.length ?? 0) <= log.chunks.length, `request ${i} got more chunks than were sent`);
    const received = log.chunks.slice(0, arrivals[i]?.length);
    received.forEach((chunk, k) => {
      raise("chunk", at(chunk.sentNs) - (arrivals[i]?.[k] ?? NaN));
    });
    return {
      dueMs: due[i] ?? 0,
      startMs,
      endMs,
      events: received
        .filter(({kind}) => kind !== "done")
        .map(({sentNs, kind, tokens}) => ({ms: at(sentNs), kind, tokens})),
      fault: log.fault,
      promptTokens: log.promptTokens,
      clientTokens: record.input_tokens ?? 0
    };
  });
  const recorded = seen.map((request, i) => ({
    ...request,
    startMs: requests[i]?.start_ms ?? NaN,
    endMs: requests[i]?.end_ms ?? NaN,
    events: request.events.map((event, k) => ({...event, ms: arrivals[i]?.[k] ?? NaN}))
  }));
  return {seen, recorded, lateness};
}

const OUTPUT = ["content", "reasoning", "tool_call"];
const CHOICES = ["role", ...OUTPUT];
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
const gapsOf = (times: readonly number[]) => times.slice(1).map((t, i) => t - (times[i] ?? 0));

/** In vLLM's client, an error inside a stream raises nothing; a reset or a status does. */
function vllm(seen: readonly Seen[], version: "vllm-0.15.1" | "vllm-2026-09", isChat: boolean): Judged[] {
  const usageCounts = isChat && version === "vllm-0.15.1";
  return seen
    .filter(({fault}) => fault === null || fault === "error-after-200")
    .map(({dueMs, startMs, endMs, events, promptTokens, clientTokens}) => {
      const counted = events.filter(({kind}) => CHOICES.includes(kind));
      const chunkMs = counted.map(({ms}) => ms);
      const all = events.map(({ms}) => ms);
      const last = (usageCounts ? all : chunkMs).at(-1) ?? 0;
      const outputTokens = sum(counted.map(({tokens}) => tokens));
      const ttft = (chunkMs[0] ?? 0) - startMs;
      const e2el = last - startMs;
      const gaps = usageCounts
        ? counted.slice(1).map((event) => event.ms - (all[events.indexOf(event) - 1] ?? 0))
        : gapsOf(chunkMs);
      return {
        startMs,
        endMs,
        ttft,
        e2el,
        tpot: outputTokens > 1 ? (e2el - ttft) / (outputTokens - 1) : null,
        queue: startMs - dueMs,
        gaps,
        chunkMs,
        inputTokens: version === "vllm-0.15.1" ? clientTokens : promptTokens,
        outputTokens
      };
    });
}

function benchbook(seen: readonly Seen[]): (Judged & {tokenGaps: number[]; chunkTokens: number[]})[] {
  return seen
    .filter(({fault}) => fault === null)
    .map(({dueMs, startMs, endMs, events, promptTokens}) => {
      const output = events.filter(({kind}) => OUTPUT.includes(kind));
      const chunkMs = output.map(({ms}) => ms);
      const chunkTokens = output.map(({tokens}) => tokens);
      const gaps = gapsOf(chunkMs);
      const later = sum(chunkTokens.slice(1));
      const first = chunkMs[0] ?? 0;
      const last = chunkMs.at(-1) ?? 0;
      return {
        startMs,
        endMs,
        ttft: first - startMs,
        e2el: last - startMs,
        tpot: later > 0 ? (last - first) / later : null,
        queue: startMs - dueMs,
        gaps,
        chunkMs,
        chunkTokens,
        tokenGaps: gaps.flatMap((gap, i) => {
          const n = chunkTokens[i + 1] ?? 0;
          return Array<number>(n).fill(gap / n);
        }),
        inputTokens: promptTokens,
        outputTokens: sum(chunkTokens)
      };
    });
}

type Figures = Readonly<Record<string, number | null>>;

function within(figures: Figures, name: string, low: number, high = low, slack = 1e-6): void {
  const value = figures[name];
  assert.ok(
    typeof value === "number" && value >= low - slack && value <= high + slack,
    `${name} is ${value}, from the log ${low} to ${high} ± ${slack}`
  );
}

/** numpy's default: linear between the two nearest. */
function percentile(sorted: readonly number[], p: number): number {
  const rank = ((sorted.length - 1) * p) / 100;
  const low = sorted[Math.floor(rank)] ?? NaN;
  return low + (rank - Math.floor(rank)) * ((sorted[Math.ceil(rank)] ?? NaN) - low);
}

/** No value of a sample is off by more than `slack`, so neither is any of these statistics. */
function sample(figures: Figures, metric: string, values: readonly number[], slack: number): void {
  const sorted = [...values].sort((a, b) => a - b);
  const average = mean(values);
  assert.equal(figures[`samples_${metric}`], values.length, metric);
  within(figures, `mean_${metric}_ms`, average, average, slack);
  const deviation = Math.sqrt(mean(values.map((v) => (v - average) ** 2)));
  within(figures, `std_${metric}_ms`, deviation, deviation, slack);
  const exact = (p: number) => percentile(sorted, p);
  within(figures, `median_${metric}_ms`, exact(50), exact(50), slack);
  for (const p of [1, 5, 10, 25, 75, 90, 95, 99, 99.9])
    within(figures, `p${p}_${metric}_ms`, exact(p), exact(p), slack);
}

/** What all definitions have in common. */
function common(
  figures: Figures,
  judged: readonly Judged[],
  {run, seen, lateness}: {run: Run; seen: readonly Seen[]; lateness: Lateness}
): void {
  const seconds = run.duration_s;
  const input = sum(judged.map((r) => r.inputTokens));
  const output = sum(judged.map((r) => r.outputTokens));
  within(figures, "completed", judged.length);
  within(figures, "failed", seen.length - judged.length);
  within(figures, "total_input_tokens", input);
  within(figures, "total_output_tokens", output);
  within(figures, "request_throughput", judged.length / seconds);
  within(figures, "output_throughput", output / seconds);
  within(figures, "total_token_throughput", (input + output) / seconds);
  const late = lateness.start + lateness.chunk;
  sample(
    figures,
    "ttft",
    judged.map((r) => r.ttft),
    late
  );
  sample(
    figures,
    "e2el",
    judged.map((r) => r.e2el),
    late
  );
  const shortest = Math.min(...judged.map((r) => r.outputTokens));
  sample(
    figures,
    "tpot",
    judged.flatMap((r) => r.tpot ?? []),
    lateness.chunk / Math.max(1, shortest - 3)
  );
  const limits = run.settings.goodput_ms;
  const good = (slack: number) =>
    judged.filter(
      (r) =>
        r.ttft <= (limits.ttft ?? Infinity) + slack &&
        (r.tpot ?? 0) <= (limits.tpot ?? Infinity) + slack &&
        r.e2el <= (limits.e2el ?? Infinity) + slack
    ).length / seconds;
  if (Object.keys(limits).length > 0) within(figures, "request_goodput", good(-late), good(late));
  else assert.equal(figures.request_goodput ?? null, null);
}

function queueing(figures: Figures, judged: readonly Judged[], {start, chunk}: Lateness): void {
  sample(
    figures,
    "client_queue_time",
    judged.map((r) => r.queue),
    start
  );
  sample(
    figures,
    "e2el_including_client_queue",
    judged.map((r) => r.queue + r.e2el),
    chunk
  );
}

const largest = (bins: readonly number[]): number => {
  const counts = new Map<number, number>();
  for (const bin of bins) counts.set(bin, (counts.get(bin) ?? 0) + 1);
  return Math.max(0, ...counts.values());
};

/** Times near a bin's edge may fall on either side of it: hence two bounds. */
function peaks(figures: Figures, judged: readonly Judged[], lateness: Lateness, version: string): void {
  const late = lateness.start + lateness.chunk;
  const zero = Math.min(...judged.map((r) => r.startMs));
  const chunks = judged.flatMap((r) => r.chunkMs.map((ms) => ms - zero));
  const second = (ms: number) => Math.floor(ms / 1000);
  within(
    figures,
    "max_output_tokens_per_s",
    largest(chunks.flatMap((ms) => (second(ms - late) === second(ms + late) ? [second(ms)] : []))),
    largest(chunks.flatMap((ms) => [...new Set([second(ms - late), second(ms + late)])]))
  );
  const open = (slack: number) => {
    const spans = judged.map((r): [number, number] => [r.startMs - slack, r.startMs + r.e2el + slack]);
    if (version === "vllm-2026-09")
      return Math.max(...spans.map(([t]) => spans.filter(([from, to]) => from <= t && t < to).length));
    return largest(
      spans.flatMap(([from, to]) => {
        const first = second(from - zero);
        return Array.from({length: second(to - zero) - first + 1}, (_, i) => first + i);
      })
    );
  };
  within(figures, "max_concurrent_requests", open(-late), open(late));
}

/** The window in which the slots are full if each request starts that much earlier and ends that much later. */
function fullWindow(seen: readonly Seen[], slots: number, longer: number): {from: number; to: number} {
  const spans = seen.map(({startMs, endMs}) => ({start: startMs - longer, end: endMs + longer}));
  const isFull = (t: number) => spans.filter(({start, end}) => start <= t && t < end).length >= 0.95 * slots;
  return {
    from: Math.min(...spans.map(({start}) => start).filter(isFull)),
    to: Math.max(...spans.map(({end}) => end).filter((t) => isFull(t - 1e-6)))
  };
}

/** What happened while the slots were full, for the shortest and the longest window possible. */
function steadyState(
  figures: Figures,
  {run, seen, lateness}: {run: Run; seen: readonly Seen[]; lateness: Lateness}
): void {
  const slots = run.settings.max_concurrency ?? assert.fail("no max concurrency");
  const late = lateness.start + lateness.end + lateness.chunk;
  const [shortest, likely, longest] = [-late, 0, late].map((longer) => {
    const {from, to} = fullWindow(seen, slots, longer);
    const tokens = sum(
      benchbook(seen).flatMap(({chunkTokens, chunkMs}) =>
        chunkTokens.filter((_, i) => from < (chunkMs[i] ?? 0) && (chunkMs[i] ?? 0) <= to)
      )
    );
    return {from, to, ms: to - from, tokens};
  });
  assert.ok(shortest && likely && longest && shortest.ms > 0, "the slots were full for no time");
  within(figures, "steady_state_duration_ms", shortest.ms, longest.ms);
  within(
    figures,
    "steady_state_output_throughput",
    (1000 * shortest.tokens) / longest.ms,
    (1000 * longest.tokens) / shortest.ms
  );
  const {from, to, ms} = likely;
  const busy = sum(seen.map((r) => Math.max(0, Math.min(r.endMs, to) - Math.max(r.startMs, from))));
  const ratio = busy / ms / slots;
  const slack = ((seen.length / slots) * late + 2 * (longest.ms - shortest.ms)) / ms;
  within(figures, "littles_law_ratio", ratio, ratio, slack);
  const all = sum(seen.map((r) => r.endMs - r.startMs)) / (1000 * run.duration_s);
  within(figures, "mean_in_flight", all, all, (seen.length * late) / (1000 * run.duration_s));
}

/** Times are kept to the nanosecond. */
const ROUNDING: Lateness = {start: 1e-5, chunk: 1e-5, end: 1e-5};

function check({run, seen, recorded, lateness}: Pair & {run: Run}): void {
  checkFigures({run, seen, lateness});
  checkFigures({run, seen: recorded, lateness: ROUNDING});
}

function checkFigures(measured: {run: Run; seen: Seen[]; lateness: Lateness}): void {
  const {run, seen, lateness} = measured;
  for (const version of ["vllm-0.15.1", "vllm-2026-09"] as const) {
    const figures = run.metrics[version] ?? {};
    const judged = vllm(seen, version, run.settings.backend === "openai-chat");
    common(figures, judged, measured);
    sample(
      figures,
      "itl",
      judged.flatMap((r) => r.gaps),
      lateness.chunk
    );
    peaks(figures, judged, lateness, version);
    if (version === "vllm-2026-09") queueing(figures, judged, lateness);
  }
  const figures = run.metrics["benchbook-1"] ?? {};
  const judged = benchbook(seen);
  common(figures, judged, measured);
  queueing(figures, judged, lateness);
  sample(
    figures,
    "chunk_gap",
    judged.flatMap((r) => r.gaps),
    lateness.chunk
  );
  sample(
    figures,
    "token_gap",
    judged.flatMap((r) => r.tokenGaps),
    lateness.chunk
  );
  steadyState(figures, measured);
}

const load = (prompts: number, concurrency: number) => [
  "--num-prompts",
  String(prompts),
  "--max-concurrency",
  String(concurrency),
  "--random-output-len",
  "40"
];
const VARIED = [...load(40, 4), "--random-range-ratio", "0.5"];

test("chat with failures and a goodput limit: every metric follows from the simulator's log", async () => {
  const faults: SimulatorInput["faults"] = [
    {fault: "error-after-200", requests: [9]},
    {fault: "reset-mid-stream", requests: [17]},
    {fault: "500", requests: [23]}
  ];
  const measured = await measure("chat", {faults}, [...VARIED, "--goodput", "ttft:60", "e2el:200"]);
  check(measured);
  const goodput = measured.run.metrics["benchbook-1"]?.request_goodput ?? 0;
  const throughput = measured.run.metrics["benchbook-1"]?.request_throughput ?? 0;
  assert.ok(goodput > 0 && goodput < throughput, "the limit must divide the requests");
});

test("completions at a finite request rate: every metric follows from the simulator's log", async () => {
  const measured = await measure("completions", {}, [
    ...VARIED,
    "--backend",
    "openai",
    "--request-rate",
    "40"
  ]);
  check(measured);
  assert.ok(
    (measured.run.metrics["benchbook-1"]?.mean_client_queue_time_ms ?? 0) > 50,
    "requests must wait in the client"
  );
});

test("acceptance rate, length and positions follow from the tokens in each logged chunk", async () => {
  // With this few requests the simulator merges no chunks: each after the first is one draft of one token.
  const {run, seen} = await measure("acceptance", {}, load(7, 2));
  const steps = seen.map(({events}) => events.filter(({kind}) => OUTPUT.includes(kind)).slice(1));
  const drafts = sum(steps.map((chunks) => chunks.length));
  const accepted = sum(steps.map((chunks) => sum(chunks.map(({tokens}) => tokens - 1))));
  // In an answer with room for only one more token, a draft may be accepted in vain.
  const cut = steps.filter((chunks) => chunks.at(-1)?.tokens === 1).length;
  const spec = run.provenance?.spec_decode ?? assert.fail("no acceptance");
  assert.equal(spec.drafts, drafts);
  assert.equal(spec.draft_tokens, drafts);
  const figures = {
    rate: spec.acceptance_rate_percent,
    length: spec.acceptance_length,
    position: spec.acceptance_per_position[0] ?? null
  };
  within(figures, "rate", (100 * accepted) / drafts, (100 * (accepted + cut)) / drafts);
  within(figures, "length", 1 + accepted / drafts, 1 + (accepted + cut) / drafts);
  within(figures, "position", accepted / drafts, (accepted + cut) / drafts);
  assert.equal(spec.acceptance_per_position.length, 1);
});
