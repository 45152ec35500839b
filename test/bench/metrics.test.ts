import assert from "node:assert/strict";
import {test} from "node:test";
import {computeMetrics, type Measured, metricsOrReason} from "../../loaders/bench/metrics/compute-metrics.js";
import {type EventKind, KIND} from "../../loaders/formats/events.js";
import {FAILURE_KINDS, type FailureKind, type RequestRecord} from "../../loaders/formats/run-record.js";

type Event = [timeMs: number, kind: EventKind, tokens?: number];

interface Case {
  startMs?: number;
  scheduledMs?: number;
  events: Event[];
  /** When the stream ended; by default with its last event. */
  endMs?: number;
  completion?: number | null;
  retokenized?: number;
  prompt?: number | null;
  failure?: FailureKind;
  status?: number | null;
}

/** A run of the given requests; an event's time counts from the start of its request. */
function measured(
  cases: Case[],
  options: Partial<Measured["settings"]> & {durationMs?: number} = {}
): Measured {
  const requests: RequestRecord[] = cases.map((c, index) => {
    const start = c.startMs ?? 0;
    return {
      index,
      id: null,
      scheduled_ms: c.scheduledMs ?? start,
      start_ms: start,
      sent_ms: start,
      first_byte_ms: null,
      end_ms: start + (c.endMs ?? Math.max(0, ...c.events.map(([t]) => t))),
      input_tokens: 10,
      expected_output_tokens: null,
      prompt_tokens: c.prompt === undefined ? 12 : c.prompt,
      completion_tokens: c.completion ?? null,
      cached_tokens: null,
      retokenized_tokens: c.retokenized ?? null,
      http_status: c.status === undefined ? 200 : c.status,
      finish_reason: null,
      failure: c.failure ? {kind: c.failure, message: "", retry_after_s: null} : null
    };
  });
  const rows = cases
    .flatMap((c, request) =>
      c.events.map(([t, kind, tokens]) => ({request, time: (c.startMs ?? 0) + t, kind, tokens: tokens ?? -1}))
    )
    .sort((a, b) => a.time - b.time);
  return {
    settings: {
      backend: "openai-chat",
      max_concurrency: null,
      goodput_ms: {},
      metric_percentiles: [],
      ...options
    },
    durationMs: options.durationMs ?? 1000,
    requests,
    events: {
      request: Uint32Array.from(rows, (r) => r.request),
      time_ns: Float64Array.from(rows, (r) => r.time * 1e6),
      kind: Uint8Array.from(rows, (r) => KIND[r.kind]),
      tokens: Int32Array.from(rows, (r) => r.tokens)
    }
  };
}

/** The reference's own example: 4 tokens 50 ms apart after a role chunk, usage 30 ms later. */
const fourTokens: Event[] = [
  [102, "role"],
  [102, "content"],
  [152, "content"],
  [202, "content"],
  [252, "content"],
  [282, "usage"],
  [282, "done"]
];

const near = (actual: number | null | undefined, expected: number, message?: string) =>
  assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-6, `${message ?? ""} ${actual} is not ${expected}`);

test("vLLM 0.15.1 lets the role chunk into ITL and the usage chunk into chat latency", async () => {
  const {metrics, vllmRequests} = await computeMetrics(measured([{events: fourTokens, completion: 4}]));
  const m = metrics["vllm-0.15.1"] ?? {};
  assert.deepEqual(vllmRequests[0]?.itls_ms.map(Math.round), [0, 50, 50, 50]);
  near(m.mean_itl_ms, 37.5);
  near(m.mean_e2el_ms, 282);
  near(m.mean_tpot_ms, 60);
  near(m.mean_ttft_ms, 102);
});

test("vLLM of September 2026 ends at the last chunk and takes the server's input tokens", async () => {
  const {metrics} = await computeMetrics(measured([{events: fourTokens, completion: 4, scheduledMs: -8}]));
  const m = metrics["vllm-2026-09"] ?? {};
  near(m.mean_e2el_ms, 252);
  near(m.mean_tpot_ms, 50);
  near(m.mean_itl_ms, 37.5);
  near(m.mean_client_queue_time_ms, 8);
  near(m.mean_e2el_including_client_queue_ms, 260);
  assert.equal(m.total_input_tokens, 12);
  assert.equal(metrics["vllm-0.15.1"]?.total_input_tokens, 10);
});

test("completions end at the last chunk in both versions", async () => {
  const {metrics} = await computeMetrics(
    measured([{events: fourTokens.slice(1), completion: 4}], {backend: "openai"})
  );
  near(metrics["vllm-0.15.1"]?.mean_e2el_ms, 252);
  near(metrics["vllm-0.15.1"]?.mean_itl_ms, 50);
});

test("chunk gap, token gap and TPOT are three different metrics with several tokens a chunk", async () => {
  const events: Event[] = [
    [100, "role", 0],
    [100, "content", 1],
    [160, "content", 3],
    [180, "content", 1],
    [200, "usage", 0]
  ];
  const {metrics} = await computeMetrics(measured([{events, completion: 5}]));
  const m = metrics["benchbook-1"] ?? {};
  near(m.mean_chunk_gap_ms, 40);
  near(m.mean_token_gap_ms, 20);
  near(m.median_token_gap_ms, 20);
  near(m.mean_tpot_ms, 20);
  near(m.mean_e2el_ms, 180);
  assert.equal(m.samples_token_gap, 4);
  assert.equal(m.samples_chunk_gap, 2);
});

test("the token gap is undefined, not guessed, if the tokens of a chunk are unknown", async () => {
  const {metrics} = await computeMetrics(measured([{events: fourTokens, completion: 4}]));
  assert.equal(metrics["benchbook-1"]?.mean_token_gap_ms, undefined);
  near(metrics["benchbook-1"]?.mean_chunk_gap_ms, 50);
});

test("an answer that holds only an error is a success to vLLM and a failure here", async () => {
  const {metrics} = await computeMetrics(
    measured(
      [
        {
          events: [
            [50, "error"],
            [50, "done"]
          ],
          failure: "stream_error"
        }
      ],
      {goodput_ms: {ttft: 10}}
    )
  );
  assert.equal(metrics["vllm-0.15.1"]?.completed, 1);
  assert.equal(metrics["vllm-0.15.1"]?.request_goodput, 1);
  assert.equal(metrics["vllm-2026-09"]?.completed, 0);
  assert.equal(metrics["benchbook-1"]?.completed, 0);
  assert.equal(metrics["benchbook-1"]?.failed, 1);
});

test("a stream that breaks after some tokens fails in both, an error inside a stream only here", async () => {
  const broken: Event[] = fourTokens.slice(0, 3);
  const {metrics} = await computeMetrics(
    measured([
      {events: broken, failure: "reset"},
      {events: [...broken, [160, "error"]], failure: "stream_error"},
      {events: [], failure: "refused", status: 0}
    ])
  );
  assert.equal(metrics["vllm-0.15.1"]?.completed, 1);
  assert.equal(metrics["vllm-2026-09"]?.completed, 1);
  assert.equal(metrics["benchbook-1"]?.completed, 0);
});

for (const backend of ["openai-chat", "openai"]) {
  test(`a request that got no status fails under every definition, whatever its kind, on ${backend}`, async () => {
    const cases = FAILURE_KINDS.map((failure): Case => ({events: [], failure, status: null}));
    const {metrics, vllmRequests} = await computeMetrics(measured(cases, {backend}));
    assert.deepEqual(
      vllmRequests.map((r) => r.success),
      FAILURE_KINDS.map(() => false)
    );
    for (const semantics of ["vllm-0.15.1", "vllm-2026-09", "benchbook-1"] as const) {
      assert.equal(metrics[semantics]?.completed, 0, semantics);
      assert.equal(metrics[semantics]?.failed, FAILURE_KINDS.length, semantics);
    }
  });
}

test("percentiles interpolate linearly and the deviation is that of the population, as in numpy", async () => {
  const cases = [10, 20, 30, 40].map((t): Case => ({events: [[t, "content"]], completion: 1}));
  const {metrics} = await computeMetrics(measured(cases, {metric_percentiles: [99.9]}));
  const m = metrics["benchbook-1"] ?? {};
  near(m.median_ttft_ms, 25);
  near(m.p90_ttft_ms, 37);
  near(m["p99.9_ttft_ms"], 39.97);
  near(m.std_ttft_ms, Math.sqrt(125));
  assert.equal(m.mean_tpot_ms, undefined);
});

test("goodput counts the requests within every limit given", async () => {
  const cases = [100, 300].map(
    (t): Case => ({
      events: [
        [t, "content"],
        [t + 50, "content"]
      ],
      completion: 2
    })
  );
  const {metrics} = await computeMetrics(measured(cases, {goodput_ms: {ttft: 200, tpot: 60}}));
  for (const semantics of ["vllm-0.15.1", "benchbook-1"] as const)
    near(metrics[semantics]?.request_goodput, 1);
});

test("goodput is unknown if a TPOT limit needs tokens that were not counted", async () => {
  const goodput = async (goodput_ms: Measured["settings"]["goodput_ms"]) => {
    const {metrics} = await computeMetrics(measured([{events: fourTokens}], {goodput_ms}));
    return [metrics["vllm-0.15.1"]?.request_goodput, metrics["benchbook-1"]?.request_goodput];
  };
  assert.deepEqual(await goodput({tpot: 100}), [undefined, undefined]);
  assert.deepEqual(await goodput({ttft: 200}), [1, 1]);
});

test("counting tokens from the text misses reasoning, so with reasoning the corrected metrics have none", async () => {
  const thought = fourTokens.map(([t, kind], i): Event => [t, i === 1 ? "reasoning" : kind]);
  const of = async (events: Event[]) => (await computeMetrics(measured([{events, retokenized: 4}]))).metrics;
  const plain = await of(fourTokens);
  near(plain["benchbook-1"]?.mean_tpot_ms, 50);
  const reasoned = await of(thought);
  assert.equal(reasoned["benchbook-1"]?.mean_tpot_ms, undefined);
  assert.equal(reasoned["benchbook-1"]?.total_output_tokens, undefined);
  assert.equal(reasoned["vllm-0.15.1"]?.total_output_tokens, 4);
});

test("vLLM 0.15.1 counts five requests in turn within a second as five at once, 2026 as one", async () => {
  const cases = [0, 100, 200, 300, 400].map(
    (startMs): Case => ({
      startMs,
      events: [
        [50, "content"],
        [99, "content"]
      ],
      completion: 2
    })
  );
  const {metrics} = await computeMetrics(measured(cases));
  assert.equal(metrics["vllm-0.15.1"]?.max_concurrent_requests, 5);
  assert.equal(metrics["vllm-2026-09"]?.max_concurrent_requests, 1);
  assert.equal(metrics["vllm-0.15.1"]?.max_output_tokens_per_s, 10);
});

test("the steady state leaves out ramp and drain, and its slots are filled", async () => {
  const chunks = (length: number): Event[] => Array.from({length}, (_, i) => [100 * (i + 1), "content", 1]);
  const cases: Case[] = [
    {startMs: 0, events: chunks(10), completion: 10},
    {startMs: 500, events: chunks(10), completion: 10},
    {startMs: 1000, events: chunks(10), completion: 10}
  ];
  const {metrics} = await computeMetrics(measured(cases, {max_concurrency: 2, durationMs: 2000}));
  const m = metrics["benchbook-1"] ?? {};
  near(m.steady_state_duration_ms, 1000);
  near(m.steady_state_output_throughput, 20);
  near(m.output_throughput, 15);
  near(m.mean_in_flight, 1.5);
  near(m.littles_law_ratio, 1);
});

test("a request that ended before the slots were full is not part of the steady state", async () => {
  const two: Event[] = [
    [100, "content", 1],
    [200, "content", 1]
  ];
  const cases: Case[] = [0, 500, 500].map((startMs) => ({startMs, events: two, completion: 2}));
  const {metrics} = await computeMetrics(measured(cases, {max_concurrency: 2}));
  near(metrics["benchbook-1"]?.steady_state_duration_ms, 200);
  near(metrics["benchbook-1"]?.steady_state_output_throughput, 20);
});

test("TPOT divides by the tokens that came with text after the first chunk, not by a silent last one", async () => {
  const events: Event[] = [
    [100, "content", 2],
    [200, "content", 3],
    [250, "empty", 0]
  ];
  const {metrics} = await computeMetrics(measured([{events, completion: 6}]));
  near(metrics["benchbook-1"]?.mean_tpot_ms, 100 / 3);
  near(metrics["benchbook-1"]?.total_output_tokens, 6);
});

test("uncounted tokens leave token throughput unknown, not 0", async () => {
  const events: Event[] = [
    [100, "content"],
    [200, "content"]
  ];
  const cases: Case[] = [{events}, {events, completion: 2}];
  const {metrics, vllmRequests} = await computeMetrics(measured(cases, {max_concurrency: 2}));
  for (const semantics of ["benchbook-1", "vllm-0.15.1", "vllm-2026-09"] as const) {
    const m = metrics[semantics] ?? {};
    assert.equal(m.completed, 2, semantics);
    for (const name of ["total_output_tokens", "output_throughput", "total_token_throughput"])
      assert.equal(m[name], undefined, `${semantics} ${name}`);
  }
  assert.equal(metrics["benchbook-1"]?.steady_state_output_throughput, null);
  near(metrics["benchbook-1"]?.steady_state_duration_ms, 200);
  assert.deepEqual(
    vllmRequests.map(({output_tokens}) => output_tokens),
    [null, 2]
  );
});

test("in the steady state, chunks of unknown size share the tokens that the others leave", async () => {
  const events: Event[] = [
    [100, "content", 1],
    [200, "content"],
    [300, "content"],
    [400, "content"]
  ];
  const {metrics} = await computeMetrics(measured([{events, completion: 7}], {max_concurrency: 1}));
  near(metrics["benchbook-1"]?.steady_state_output_throughput, 7 / 0.4);
});

const ratioOf = async (cases: Case[], max_concurrency: number | null) =>
  (await computeMetrics(measured(cases, {max_concurrency, durationMs: 1000}))).metrics["benchbook-1"]
    ?.littles_law_ratio;

test("slots stay filled until streams end, whether with usage long after the last token or with a failure", async () => {
  const tail: Event[] = [
    [10, "content", 1],
    [100, "usage"]
  ];
  const cases: Case[] = Array.from({length: 10}, (_, i) => ({startMs: 100 * i, events: tail, completion: 1}));
  cases[4] = {startMs: 400, events: [], endMs: 100, failure: "timeout_first_token", status: null};
  near(await ratioOf(cases, 1), 1);
});

test("idle gaps between requests show as empty slots", async () => {
  const half: Event[] = [[50, "content", 1]];
  const cases: Case[] = Array.from({length: 10}, (_, i) => ({startMs: 100 * i, events: half, completion: 1}));
  near(await ratioOf(cases, 1), 500 / 950);
  assert.equal(await ratioOf(cases, null), undefined);
  assert.equal(await ratioOf(cases, 3), undefined);
});

test("metrics that cannot be computed leave the reason in their place", async () => {
  const events: Event[] = [[5, "content", 1]];
  const {metrics, vllmRequests, reason} = await metricsOrReason(measured([{events, completion: 3e9}]));
  assert.deepEqual({metrics, vllmRequests}, {metrics: {}, vllmRequests: []});
  assert.match(reason ?? "", /out of int32 range/);
});
