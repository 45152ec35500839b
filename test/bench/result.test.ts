import assert from "node:assert/strict";
import {test} from "node:test";
import {vllmResult} from "../../loaders/bench/run/vllm-result.js";
import type {Run, RunSettings} from "../../loaders/formats/run-record.js";
import {toRun, VllmResult} from "../../loaders/formats/vllm-file.js";

const plain = toRun(
  VllmResult.parse({
    date: "20260203-202832",
    backend: "openai",
    model_id: "m",
    num_prompts: 3,
    request_rate: "inf",
    duration: 3,
    completed: 3,
    total_input_tokens: 1,
    request_throughput: 1,
    total_token_throughput: 1,
    ttfts: [1, 1, 1],
    start_times: [0, 1, 2],
    queue_times: [0, 0, 0]
  }),
  "one"
);

const resultOf = (settings: Partial<RunSettings>, run: Partial<Run> = {}, planned = 3) =>
  vllmResult({...plain, ...run, settings: {...plain.settings, ...settings}}, [], [], planned);

const percentileKeys = (settings: Partial<RunSettings>) =>
  Object.keys(resultOf({metric_percentiles: [], ...settings})).flatMap(
    (key) => /^mean_(\w+)_ms$/.exec(key)?.[1] ?? []
  );

test("the metrics are in vLLM's order, those of a queue only if there can be one", () => {
  const percentile_metrics = [
    "e2el_including_client_queue",
    "client_queue_time",
    "e2el",
    "itl",
    "tpot",
    "ttft"
  ];
  const latencies = ["ttft", "tpot", "itl", "e2el"];
  assert.deepEqual(percentileKeys({percentile_metrics}), latencies);
  assert.deepEqual(percentileKeys({percentile_metrics, request_rate: 2}), latencies);
  assert.deepEqual(percentileKeys({percentile_metrics, max_concurrency: 2}), [
    ...latencies,
    "client_queue_time"
  ]);
  assert.deepEqual(percentileKeys({percentile_metrics, max_concurrency: 2, request_rate: 2}), [
    ...latencies,
    "client_queue_time",
    "e2el_including_client_queue"
  ]);
});

test("a ramp names its first rate and every whole rate it passes, also in a run cut short", () => {
  const started_at = "2026-02-03T20:28:32.000Z";
  const ramp_up = {strategy: "linear" as const, start_rps: 2, end_rps: 10};
  const changes = (planned: number) => {
    const events = resultOf({ramp_up}, {started_at}, planned).rps_change_events;
    assert.ok(Array.isArray(events));
    return events.map(({rps, timestamp}) => [rps, Date.parse(timestamp) - Date.parse(started_at)]);
  };
  assert.deepEqual(changes(3), [
    [2, 0],
    ...[3, 4, 5, 6].map((rps) => [rps, 1000]),
    ...[7, 8, 9, 10].map((rps) => [rps, 2000])
  ]);
  assert.deepEqual(changes(9), [
    [2, 0],
    [3, 1000],
    [4, 2000]
  ]);
});

test("what was not counted is null in the file; only vLLM's figure for an empty sample is 0", () => {
  const percentile_metrics = ["ttft", "tpot"];
  const of = (metrics: Run["metrics"]) => resultOf({percentile_metrics}, {metrics});
  const uncounted = of({"vllm-0.15.1": {completed: 3, total_output_tokens: null}});
  for (const key of ["total_output_tokens", "output_throughput", "total_token_throughput", "mean_tpot_ms"])
    assert.equal(uncounted[key], null, key);
  assert.equal(uncounted.mean_ttft_ms, 0);
  assert.equal(of({"vllm-0.15.1": {total_output_tokens: 3}}).mean_tpot_ms, 0);
});
