import assert from "node:assert/strict";
import {test} from "node:test";
import {setTimeout as sleep} from "node:timers/promises";
import {duration} from "../../loaders/bench/call/duration.js";
import {drive} from "../../loaders/bench/run/drive.js";
import {progressOn} from "../../loaders/bench/run/progress.js";
import {type Judged, warningsOf} from "../../loaders/bench/run/warnings-of.js";
import {growth, parsePrometheus} from "../../loaders/bench/server/prometheus.js";
import {provenance} from "../../loaders/bench/server/provenance.js";
import type {FailureKind, RequestRecord, Warning} from "../../loaders/formats/run-record.js";

const scrape = (drafts: number, accepted: number, tokens: number, hits: number) =>
  parsePrometheus(
    `# HELP x y
vllm:spec_decode_num_drafts_total{engine="0",model_name="m"} ${drafts}
vllm:spec_decode_num_drafts_created{engine="0",model_name="m"} 1.7e+09
vllm:spec_decode_num_draft_tokens_total{engine="0"} ${2 * drafts}
vllm:spec_decode_num_accepted_tokens_total{engine="0"} ${accepted}
vllm:spec_decode_num_accepted_tokens_per_pos_total{engine="0",position="0"} ${accepted - 10}
vllm:spec_decode_num_accepted_tokens_per_pos_total{engine="0",position="1"} 10
vllm:generation_tokens_total{engine="0"} ${tokens}
vllm:generation_tokens_total{engine="1"} 5
vllm:request_success_total{finished_reason="stop"} 0
vllm:request_success_total{finished_reason="length"} ${tokens / 10}
vllm:prefix_cache_queries_total ${10 * hits + 100}
vllm:prefix_cache_hits_total ${hits}
vllm:num_preemptions_total 3
`
  );
const identity = {version: "0.15.1", models: [], info: null, simulated: false};
const rest = {prefix_cache_reset: true, tokenizer: null, prompt_tokens_added: null};

test("acceptance rate, length and positions are vLLM's, from counters summed over engines", () => {
  const record = provenance(
    identity,
    scrape(0, 10, 0, 0),
    scrape(100, 90, 200, 20),
    Array.from({length: 20}, () => request),
    rest
  );
  assert.deepEqual(record.spec_decode, {
    drafts: 100,
    draft_tokens: 200,
    accepted_tokens: 80,
    acceptance_rate_percent: 40,
    acceptance_length: 1.8,
    acceptance_per_position: [0.8, 0]
  });
  assert.deepEqual(record.prefix_cache, {query_tokens: 200, hit_tokens: 20, hit_rate: 0.1});
  assert.equal(record.preemptions, 0);
  assert.equal(record.traffic?.server_generation_tokens, 200);
  assert.equal(record.traffic?.server_requests, 20);
});

test("what the server does not count is unknown, not zero", () => {
  const record = provenance(identity, [], [], [request], rest);
  assert.deepEqual(
    [record.spec_decode, record.prefix_cache, record.preemptions, record.traffic],
    [null, null, null, null]
  );
  assert.equal(growth([], parsePrometheus("a_created 5"), "a"), null);
});

test("a server that restarted has no deltas, whether its counters are lower or have caught up", () => {
  const created = (at: number, drafts: number) =>
    parsePrometheus(
      `vllm:generation_tokens_total{a="1"} ${drafts}\nvllm:generation_tokens_created{a="1"} ${at}\nvllm:request_success_total ${drafts}`
    );
  const record = (before: string, after: string) =>
    provenance(identity, parsePrometheus(before), parsePrometheus(after), [request], rest);
  const shrunk = record("vllm:generation_tokens_total 9", "vllm:generation_tokens_total 3");
  assert.deepEqual([shrunk.counters_reset, shrunk.traffic], [true, null]);
  const caughtUp = provenance(identity, created(1, 5), created(2, 50), [request], rest);
  assert.deepEqual([caughtUp.counters_reset, caughtUp.traffic], [true, null]);
  const same = provenance(identity, created(1, 5), created(1, 50), [request], rest);
  assert.deepEqual([same.counters_reset, same.traffic?.server_generation_tokens], [false, 45]);
  const half = "vllm:spec_decode_num_drafts_total 9\nvllm:prefix_cache_queries_total 1";
  assert.equal(record(half, half).counters_reset, false);
});

const request: RequestRecord = {
  index: 0,
  id: null,
  scheduled_ms: 0,
  start_ms: 0,
  sent_ms: 0,
  first_byte_ms: 1,
  end_ms: 2,
  input_tokens: 10,
  expected_output_tokens: 5,
  prompt_tokens: 10,
  completion_tokens: 10,
  cached_tokens: null,
  retokenized_tokens: null,
  http_status: 200,
  finish_reason: "length",
  failure: null
};

const judged = (change: (run: Judged) => void) => warned(change).map(({code}) => code);

function warned(change: (run: Judged) => void): Warning[] {
  const run: Judged = {
    settings: {
      base_url: null,
      endpoint: null,
      backend: "openai-chat",
      model: "m",
      served_model_name: null,
      tokenizer: null,
      vocab_size: null,
      special_ids: null,
      dataset: null,
      num_prompts: 1,
      max_concurrency: null,
      request_rate: "inf",
      burstiness: 1,
      ramp_up: null,
      duration_s: null,
      seed: 0,
      num_warmups: 0,
      ignore_eos: true,
      continuous_usage: true,
      timeouts_s: null,
      max_failures: null,
      extra_body: {},
      goodput_ms: {},
      percentile_metrics: ["ttft"],
      metric_percentiles: [99],
      metadata: {},
      label: null
    },
    specialTokensCounted: 0,
    durationMs: 60_000,
    requests: [request],
    metrics: {"benchbook-1": {samples_ttft: 1000, littles_law_ratio: 1}},
    metricsFailed: null,
    provenance: provenance(identity, scrape(0, 10, 0, 0), scrape(0, 10, 10, 0), [request], rest),
    health: {
      node_version: "",
      undici_version: "",
      platform: "",
      cpu_model: "",
      cpu_count: 1,
      cpus_allowed: null,
      cpu_share: 0.1,
      steal_share: 0.04,
      event_loop_delay_ms: {mean: 0, p50: 0, p99: 1, max: 50},
      schedule_lag_ms: {p50: 0, p99: 1, max: 2},
      sockets_waited_for: 0,
      sockets_opened: 1,
      reads: 1
    },
    chunkTokensKnown: true,
    end: "finished"
  };
  change(run);
  return warningsOf(run);
}

test("a sound run has no warning", () => {
  assert.deepEqual(
    judged(() => {}),
    []
  );
});

test("a prompt length is a difference only beyond the tokens that the server adds", () => {
  const messages = (prompt_tokens: number, added: number | null) =>
    warned((run) => {
      run.requests = [{...request, prompt_tokens}];
      run.provenance.prompt_tokens_added = added;
    }).map(({message}) => message);
  assert.deepEqual(messages(16, 6), []);
  assert.deepEqual(messages(10, 6), [
    "the server counted 10 prompt tokens a request, 16 were meant, with the 6 that the server adds (tokenizer: none)"
  ]);
  assert.deepEqual(messages(16, null), [
    "the server counted 16 prompt tokens a request, 10 were meant, what the server adds is not known (tokenizer: none)"
  ]);
});

test("each defect of a run has its own warning", () => {
  assert.deepEqual(
    judged((run) => (run.health.event_loop_delay_ms.p99 = 30)),
    ["sick-client"]
  );
  assert.deepEqual(
    judged((run) => (run.health.schedule_lag_ms.p99 = 11)),
    ["sick-client"]
  );
  assert.deepEqual(
    judged((run) => (run.health.cpu_share = 0.99)),
    ["sick-client"]
  );
  assert.deepEqual(
    judged((run) => (run.health.sockets_waited_for = 1)),
    ["sick-client"]
  );
  assert.deepEqual(
    judged((run) => (run.health.steal_share = 0.06)),
    ["held-up-client"]
  );
  assert.deepEqual(
    judged((run) => {
      if (run.provenance.traffic) run.provenance.traffic.server_generation_tokens = 20;
    }),
    ["foreign-traffic"]
  );
  assert.deepEqual(
    judged((run) => (run.provenance.prefix_cache = {query_tokens: 100, hit_tokens: 50, hit_rate: 0.5})),
    ["warm-prefix-cache"]
  );
  assert.deepEqual(
    judged((run) => (run.metrics = {"benchbook-1": {samples_tpot: 32, p5_tpot_ms: 1, p99_tpot_ms: 1}})),
    ["too-few-samples"]
  );
  assert.deepEqual(
    judged((run) => (run.requests = [{...request, prompt_tokens: 40}])),
    ["prompt-length-differs"]
  );
  assert.deepEqual(
    judged((run) => (run.chunkTokensKnown = false)),
    ["tokens-per-chunk-unknown"]
  );
  assert.deepEqual(
    judged((run) => (run.settings.max_concurrency = 4)),
    ["short-steady-state"]
  );
  assert.deepEqual(
    judged((run) => (run.metrics = {"benchbook-1": {samples_ttft: 1000, littles_law_ratio: 0.94}})),
    ["littles-law"]
  );
  assert.deepEqual(
    judged((run) => (run.provenance.simulated = true)),
    ["simulated"]
  );
  assert.deepEqual(
    judged((run) => (run.metricsFailed = "a view is wrong")),
    ["no-metrics"]
  );
  assert.deepEqual(
    judged((run) => (run.end = "interrupted")),
    ["interrupted"]
  );
});

test("every percentile kept is judged by its own number of values, but not the extremes", () => {
  const few = (figures: Record<string, number>) =>
    warned((run) => (run.metrics = {"vllm-0.15.1": figures})).map(({message}) => message);
  assert.deepEqual(
    few({
      samples_ttft: 32,
      p1_ttft_ms: 1,
      p95_ttft_ms: 1,
      p99_ttft_ms: 1,
      p100_ttft_ms: 1,
      samples_e2el: 32,
      p1_e2el_ms: 1,
      p99_e2el_ms: 1,
      samples_itl: 999,
      p99_itl_ms: 1,
      "p99.9_itl_ms": 1
    }),
    [
      "no more than the extreme value repeated: ttft, e2el: p1, p99 of 32 values each; itl: p99.9 of 999 values each"
    ]
  );
  assert.deepEqual(few({samples_ttft: 1000, p99_ttft_ms: 1, "p99.9_ttft_ms": 1, p0_ttft_ms: 1}), []);
});

const failing = (kind: FailureKind, http_status: number | null): RequestRecord => ({
  ...request,
  http_status,
  completion_tokens: null,
  failure: {kind, message: "", retry_after_s: null}
});
const traffic = (server_requests: number, tokens: number, requests: RequestRecord[]) => (run: Judged) => {
  run.requests = requests;
  run.provenance = provenance(
    identity,
    parsePrometheus("vllm:generation_tokens_total 0\nvllm:request_success_total 0"),
    parsePrometheus(`vllm:generation_tokens_total ${tokens}\nvllm:request_success_total ${server_requests}`),
    requests,
    rest
  );
};

test("requests of others are noticed next to own failures, and own failures are not mistaken for them", () => {
  const refused = failing("refused", null);
  const cut = failing("reset", 200);
  const late = failing("timeout_first_token", null);
  assert.deepEqual(judged(traffic(2, 10, [request, refused, failing("http", 400)])), [
    "failures",
    "foreign-traffic"
  ]);
  assert.deepEqual(judged(traffic(1, 10, [request, refused, failing("http", 400)])), ["failures"]);
  assert.deepEqual(judged(traffic(3, 20, [request, cut, late])), ["failures"]);
  assert.deepEqual(judged(traffic(3, 30, [request, cut, late])), ["failures", "foreign-traffic"]);
});

test("counters that started over are reported", () => {
  assert.deepEqual(
    judged((run) => (run.provenance.counters_reset = true)),
    ["counters-reset"]
  );
});

test("a prefix shared by design does not count as a warm cache", () => {
  const codes = judged((run) => {
    run.settings.dataset = {
      name: "random",
      path: null,
      input_len: 50,
      output_len: 1,
      range_ratio: 0,
      prefix_len: 50,
      suffix_len: null,
      num_prefixes: null
    };
    run.provenance.prefix_cache = {query_tokens: 100, hit_tokens: 50, hit_rate: 0.5};
  });
  assert.deepEqual(codes, []);
});

test("no more requests are open than the concurrency allows, and all are started", async () => {
  let open = 0;
  let most = 0;
  const order: number[] = [];
  const outcome = await drive({
    origin: performance.now(),
    dueMs: new Array<number>(20).fill(0),
    maxConcurrency: 3,
    durationMs: Infinity,
    signal: new AbortController().signal,
    start: async (index) => {
      order.push(index);
      most = Math.max(most, ++open);
      await sleep(2);
      open--;
    }
  });
  assert.equal(outcome.started, 20);
  assert.equal(most, 3);
  assert.deepEqual(
    order,
    Array.from({length: 20}, (_, i) => i)
  );
});

test("requests never start before they are due, and their lag is how much later they start", async () => {
  const dueMs = [20, 25, 60];
  const origin = performance.now();
  const started: number[] = [];
  const {lagMs} = await drive({
    origin,
    dueMs,
    maxConcurrency: Infinity,
    durationMs: Infinity,
    signal: new AbortController().signal,
    start: async () => {
      started.push(performance.now() - origin);
    }
  });
  assert.equal(lagMs.length, 3);
  started.forEach((at, i) => {
    const [lag = -1, due = 0] = [lagMs[i], dueMs[i]];
    assert.ok(lag >= 0 && due + lag <= at, `started at ${at}, due at ${due}, ${lag} late`);
  });
});

test("the schedule counts from the start of the run, however long the client took to begin", async () => {
  const origin = performance.now() - 50;
  const {lagMs} = await drive({
    origin,
    dueMs: [10],
    maxConcurrency: Infinity,
    durationMs: Infinity,
    signal: new AbortController().signal,
    start: async () => {}
  });
  assert.ok((lagMs[0] ?? 0) >= 40, `late by ${lagMs[0]}`);
});

test("after an abort nothing more starts, and open requests are waited for", async () => {
  const stop = new AbortController();
  let ended = 0;
  const outcome = await drive({
    origin: performance.now(),
    dueMs: [0, 0, 5000],
    maxConcurrency: Infinity,
    durationMs: Infinity,
    signal: stop.signal,
    start: async (index) => {
      if (index === 1) setImmediate(() => stop.abort());
      await sleep(20);
      ended++;
    }
  });
  assert.deepEqual([outcome.started, ended], [2, 2]);
});

const state = {
  ended: 5,
  failed: 1,
  total: 10,
  elapsedMs: 20_000,
  limitMs: Infinity,
  tokens: 4000,
  ttftMs: 41.6
};

function written(isTTY: boolean, quiet = false): string {
  let text = "";
  const progress = progressOn({write: (part) => (text += part), isTTY, columns: 100}, quiet);
  progress.update("C=1 1/3", state);
  progress.finish("C=1 1/3", {...state, ended: 10});
  return text;
}

test("progress is a bar on a terminal, plain lines elsewhere, nothing when quiet", () => {
  assert.match(written(true), /█{12}░{12} C=1 1\/3: 5\/10 · 1 failed · 200 tok\/s · TTFT 42 ms · 20 s left/);
  assert.equal(
    written(false),
    "C=1 1/3: 5/10 · 1 failed · 200 tok/s · TTFT 42 ms · 20 s left\nC=1 1/3: 10/10 · 1 failed · 200 tok/s · TTFT 42 ms · 20 s\n"
  );
  assert.equal(written(false, true), "");
});

test("a run that is not evidence says why", () => {
  const why = (end: Judged["end"]) =>
    warned((run) => {
      run.end = end;
      run.settings.num_prompts = 3;
    }).find(({code}) => code === "interrupted")?.message;
  assert.equal(why("finished"), undefined);
  assert.equal(why("interrupted"), "stopped after 1 of 3 requests");
  assert.equal(
    why("too-many-failures"),
    "stopped after 1 of 3 requests: more requests failed than --max-failures allows"
  );
  assert.equal(why("no-success"), "no request succeeded");
  assert.equal(why("host-gone"), "the server stopped answering");
});

test("a point has at most --duration left, and nothing once it has ended", () => {
  let text = "";
  const progress = progressOn({write: (part) => (text += part)}, false);
  progress.update("C=1 1/1", {...state, total: 1000, limitMs: 30_000});
  progress.update("C=1 1/1", {...state, total: 1000, elapsedMs: 31_000, limitMs: 30_000});
  progress.finish("C=1 1/1", {...state, total: 1000, elapsedMs: 32_000, limitMs: 30_000});
  assert.deepEqual(
    text.split("\n").map((line) => line.split(" · ").at(-1)),
    ["10 s left", "31 s", "32 s", ""]
  );
});

test("rounding a duration up carries over", () => {
  assert.deepEqual([9.94, 59.7, 119.7, 3599.9, 7199].map(duration), [
    "9.9 s",
    "1 min 0 s",
    "2 min 0 s",
    "1 h 0 min",
    "2 h 0 min"
  ]);
});
