import assert from "node:assert/strict";
import {test} from "node:test";
import {type PresetName, presets, tpotOf} from "../../loaders/simulate/presets.js";
import {type Simulator, startSimulator} from "../../loaders/simulate/server.js";
import {evenAcceptance} from "../../loaders/simulate/speculation.js";
import {interpolate, timingOf} from "../../loaders/simulate/timing.js";
import {CHAT, chatBody, closedLoop, median, post, promptOf, tpotMs, ttftMs} from "./client.js";

/** The first requests of a process are slow in the client, which runs in the same one. */
async function warmUpClient(simulator: Simulator): Promise<void> {
  const response = await post(`${simulator.url}${CHAT}`, chatBody("warm up", 2));
  await response.arrayBuffer();
}

async function run(
  simulator: Simulator,
  concurrency: number,
  requests: number,
  tokens: number
): Promise<void> {
  const send = async (seed: number) => {
    const response = await post(`${simulator.url}${CHAT}`, chatBody(promptOf(512, seed), tokens));
    await response.arrayBuffer();
  };
  await closedLoop(concurrency, concurrency, () => warmUpClient(simulator));
  simulator.log.clear();
  await closedLoop(concurrency, requests, send);
}

for (const [preset, concurrency, tokens, speed] of [
  ["awq", 1, 64, 1],
  ["awq", 4, 64, 1],
  ["awq", 16, 64, 1],
  ["awq-mtp1", 1, 256, 4],
  ["awq-mtp1", 4, 256, 4],
  ["nvfp4", 8, 64, 1]
] as const) {
  test(`${preset} at C=${concurrency}: the median TPOT is the published one within a tenth`, async () => {
    const simulator = await startSimulator({preset, speed});
    await run(simulator, concurrency, concurrency, tokens);
    await simulator.close();
    const row = presets[preset].rows.find((candidate) => candidate.concurrency === concurrency);
    assert.ok(row !== undefined);
    const measured = median(simulator.log.requests.map(tpotMs)) * speed;
    assert.ok(Math.abs(measured / tpotOf(row) - 1) < 0.1, `${measured} for ${tpotOf(row)}`);
  });
}

test("TTFT at C=1 is the published median, and one request in 16 has the published P99", async () => {
  const simulator = await startSimulator({});
  await run(simulator, 1, 48, 1);
  await simulator.close();
  const ttfts = simulator.log.requests.map(ttftMs);
  assert.ok(Math.abs(median(ttfts) - 41) < 2, `median ${median(ttfts)}`);
  const slow = [7, 23, 39].map((request) => ttfts[request] ?? 0);
  assert.ok(Math.abs(median(slow) - 54) < 4, `slow ${slow}`);
});

test("what a step yields goes out together: the streams of a wave share their send times", async () => {
  const simulator = await startSimulator({speed: 2});
  await run(simulator, 4, 4, 8);
  await simulator.close();
  const sends = simulator.log.requests.map(({chunks}) => chunks.filter(({tokens}) => tokens > 0));
  const spreads = [2, 3, 4, 5, 6].map((step) => {
    const times = sends.map((chunks) => Number(chunks.at(step - 8)?.sentNs) / 1e6);
    return Math.max(...times) - Math.min(...times);
  });
  assert.ok(median(spreads) < 2, `${spreads}`);
});

test("with speculation chunks hold one or two tokens, without it one", async () => {
  for (const [preset, sizes] of [
    ["awq-mtp1", [1, 2]],
    ["awq", [1]]
  ] as const) {
    const simulator = await startSimulator({preset, speed: 100});
    await run(simulator, 1, 1, 64);
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

test("the step of every preset times its steps makes the printed row, to the last digit", () => {
  for (const name of Object.keys(presets) as PresetName[]) {
    const preset = presets[name];
    const timing = timingOf(preset, 1);
    for (const row of preset.rows) {
      const steps = preset.speculation === null ? 255 : 145;
      const tpot = (timing.stepMs(row.concurrency) * steps) / 255;
      assert.equal(Math.round((row.concurrency * 1000) / tpot), row.systemTokensPerS);
      if (row.tpotMs !== null) assert.equal(tpot.toFixed(2), row.tpotMs.toFixed(2));
    }
  }
});

test("speed divides the time of a step and of a prefill", () => {
  const [normal, fast] = [timingOf(presets.awq, 1), timingOf(presets.awq, 10)];
  assert.ok(Math.abs(normal.stepMs(3) / fast.stepMs(3) - 10) < 1e-9);
  assert.ok(fast.ttftMs(1, 518, 1) < normal.ttftMs(1, 518, 1) / 10);
});

test("between and beyond the rows the time follows straight lines", () => {
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
