import assert from "node:assert/strict";
import {test} from "node:test";
import {type Curve, PLAIN} from "../../loaders/simulate/deployment.js";
import {evenAcceptance} from "../../loaders/simulate/speculation.js";
import {startSimulator} from "../../loaders/simulate/start-simulator.js";
import {CLIENT_DELAY, interpolate, timingOf} from "../../loaders/simulate/timing.js";
import {closing} from "../support/closing.js";
import {CHAT, chatBody, post, promptOf, quantile} from "./client.js";
import {DRAFTING} from "./deployments.js";
import {type VirtualRequest, virtualRun} from "./virtual.js";

/** As a client measures it, including the delay between it and the engine. */
function ttftMs({arrivalMs, outputs}: VirtualRequest): number {
  return (outputs[0]?.dueMs ?? Number.NaN) - arrivalMs + CLIENT_DELAY.transportMs;
}

function tpotMs({outputs}: VirtualRequest): number {
  const [first] = outputs;
  const tokens = outputs.reduce((sum, output) => sum + output.tokens, 0);
  return ((outputs.at(-1)?.dueMs ?? Number.NaN) - (first?.dueMs ?? 0)) / (tokens - 1);
}

const PLAYED = [PLAIN, DRAFTING];

/** The value of a curve at one of its points. */
const at = (curve: Curve, concurrency: number) => curve.find(([x]) => x === concurrency)?.[1] ?? Number.NaN;

for (const deployment of PLAYED) {
  for (const [concurrency, tpotMsThere] of deployment.tpot) {
    test(`${deployment.name} at C=${concurrency} is scheduled as in its row, to half a millisecond`, async () => {
      for (const [apartMs, earlier] of [
        [0, 0],
        [0.3, 1],
        [0.1, 7],
        [0.1, 8]
      ] as const) {
        const load = {deployment, concurrency, requests: 32, maxTokens: 256, apartMs, earlier};
        const requests = await virtualRun(load);
        const ttfts = requests.map(ttftMs);
        const ttft = at(deployment.ttft, concurrency);
        const p99 = ttft + (at(deployment.ttftTail, concurrency) || 0);
        assert.equal(quantile(requests.map(tpotMs), 0.5).toFixed(2), tpotMsThere.toFixed(2));
        assert.equal(Math.round(quantile(ttfts, 0.5)), ttft);
        assert.equal(Math.round(quantile(ttfts, 0.99)), p99);
      }
    });
  }
}

test("the output of a step is due at one time: the streams of a wave share their steps", async () => {
  const load = {
    deployment: PLAIN,
    concurrency: 4,
    requests: 4,
    maxTokens: 8,
    apartMs: 2,
    earlier: 0
  } as const;
  const requests = await virtualRun(load);
  const steps = [1, 2, 3, 4, 5, 6, 7].map(
    (step) => new Set(requests.map(({outputs}) => outputs[step]?.dueMs)).size
  );
  assert.deepEqual(steps, [1, 1, 1, 1, 1, 1, 1]);
  assert.equal(new Set(requests.map(({outputs}) => outputs[0]?.dueMs)).size, 4, "first tokens by arrival");
});

test("a request that comes while others decode gets its first token at one of their steps", async () => {
  const load = {
    deployment: PLAIN,
    concurrency: 2,
    requests: 2,
    maxTokens: 64,
    apartMs: 150,
    earlier: 0
  } as const;
  const [first, second] = await virtualRun(load);
  const steps = new Set(first?.outputs.map(({dueMs}) => dueMs));
  assert.ok(steps.has(second?.outputs[0]?.dueMs ?? 0));
});

test("with speculation chunks hold one or two tokens, without it one", async () => {
  for (const [deployment, sizes] of [
    [DRAFTING, [1, 2]],
    [PLAIN, [1]]
  ] as const) {
    const simulator = closing(await startSimulator({deployment, speed: 100}));
    await (await post(`${simulator.url}${CHAT}`, chatBody(promptOf(512, 0), 64))).arrayBuffer();
    await simulator.close();
    const [request] = simulator.log.requests;
    const seen = new Set(request?.chunks.filter(({kind}) => kind === "content").map(({tokens}) => tokens));
    assert.deepEqual([...seen].sort(), sizes);
    assert.equal(
      request?.chunks.reduce((sum, {tokens}) => sum + tokens, 0),
      64
    );
  }
});

test("speed divides the time of a step and of a prefill", () => {
  const [normal, fast] = [timingOf(PLAIN, 1, CLIENT_DELAY), timingOf(PLAIN, 10, CLIENT_DELAY)];
  assert.ok(Math.abs(normal.stepMs(3) / fast.stepMs(3) - 10) < 1e-9);
  assert.ok(fast.ttftMs(1, 518, 1) < normal.ttftMs(1, 518, 1) / 10);
});

test("the engine is earlier by what a client adds, whatever the speed", () => {
  for (const [speed, transportMs] of [
    [1, 0],
    [1, 0.5],
    [4, 0.5]
  ] as const) {
    const timing = timingOf(PLAIN, speed, {...CLIENT_DELAY, transportMs});
    assert.equal(timing.ttftMs(1, PLAIN.inputTokens, 1), at(PLAIN.ttft, 1) / speed - transportMs);
  }
});

test("the steps after a wave’s first tokens are earlier by what a batch adds, at most by half a step", async () => {
  const secondTokensMs = async (sequences: number, batchMs: number) => {
    const load = {deployment: PLAIN, concurrency: sequences, requests: sequences, maxTokens: 3} as const;
    const [request] = await virtualRun({...load, apartMs: 0, earlier: 0, batchMs});
    const [first, second, third] = request?.outputs.map(({dueMs}) => dueMs) ?? [];
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    return {fromFirst: second - first, step: third - second};
  };
  for (const [sequences, share] of [
    [1, 0],
    [2, 1 / 2],
    [8, 7 / 8]
  ] as const) {
    const {fromFirst, step} = await secondTokensMs(sequences, 1.6);
    assert.ok(Math.abs(step - fromFirst - 1.6 * share) < 1e-9, `${step - fromFirst} ms at ${sequences}`);
  }
  const {fromFirst, step} = await secondTokensMs(2, 1000);
  assert.ok(Math.abs(fromFirst - step / 2) < 1e-9);
});

test("between and beyond the rows, times follow straight lines", () => {
  const curve = [
    [1, 10],
    [2, 20],
    [4, 30]
  ] as const;
  assert.deepEqual(
    [0, 1, 1.5, 3, 4, 6].map((x) => interpolate(curve, x)),
    [10, 10, 15, 25, 30, 40]
  );
});

test("acceptances are spread evenly: the rate of a position is exact over any long stretch", () => {
  for (const phase of [0, 0.3, 0.99]) {
    const accepted = evenAcceptance({draftTokens: 1, acceptance: 0.763}, phase);
    const total = Array.from({length: 1000}, (_, step) => accepted(step)).reduce(
      (sum, count) => sum + count,
      0
    );
    assert.equal(total, 763);
  }
});

test("answers of 256 tokens take 145 steps at every phase, so their TPOT is one number", () => {
  for (let phase = 0; phase < 1; phase += 0.01) {
    const accepted = evenAcceptance({draftTokens: 1, acceptance: 0.763}, phase);
    let [tokens, steps] = [1, 0];
    while (tokens < 256) tokens += 1 + accepted(steps++);
    assert.equal(steps, 145);
  }
});
