import assert from "node:assert/strict";
import {test} from "node:test";
import {arrivalTimes} from "../../loaders/bench/call/schedule.js";
import {legacyGamma} from "../../loaders/bench/python/legacy-gamma.js";
import {Pcg64} from "../../loaders/bench/python/pcg64.js";
import {PythonRandom} from "../../loaders/bench/python/python-random.js";

test("PCG64 draws numpy's integers for seed 0", () => {
  assert.deepEqual(new Pcg64(0).integers(0, 151643, 6), [128991, 96590, 77510, 40911, 46680, 6213]);
  const rng = new Pcg64(0);
  assert.deepEqual(rng.integers(512, 1537, 4), [1383, 1164, 1035, 788]);
  assert.deepEqual(rng.integers(64, 193, 4), [103, 69, 73, 66]);
});

test("PCG64 keeps half a word between calls and draws nothing for one value", () => {
  const rng = new Pcg64(42);
  assert.deepEqual(rng.integers(0, 151643, 5), [13534, 117365, 99261, 66552, 65663]);
  assert.deepEqual(rng.integers(3, 4, 3), [3, 3, 3]);
  assert.deepEqual(rng.integers(0, 7, 5), [6, 0, 4, 1, 0]);
  assert.deepEqual(rng.integers(0, 2 ** 32, 2), [2261209996, 4190266093]);
  assert.deepEqual(rng.integers(0, 3_000_000_000, 3), [2207257111, 2283419105, 2152431830]);
});

test("PCG64 takes seeds beyond 32 bits", () => {
  assert.deepEqual(new Pcg64(12345678901234).integers(0, 1000, 4), [497, 406, 881, 26]);
});

const draws = (seed: number, shape: number, scale: number, n: number) => {
  const gamma = legacyGamma(seed);
  return Array.from({length: n}, () => gamma(shape, scale));
};
const close = (actual: number[], expected: number[]) => {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, i) => {
    assert.ok(Math.abs((actual[i] ?? NaN) - value) <= 1e-14 * value, `${actual[i]} is not ${value}`);
  });
};

test("legacy gamma draws numpy's values at, below and above shape 1", () => {
  close(
    draws(0, 1, 0.5, 4),
    [0.397937254081555, 0.6279653814829189, 0.4616115729020344, 0.39360057615863536]
  );
  close(
    draws(0, 0.5, 2, 4),
    [0.6080037795214088, 0.7565434401356311, 0.3589667780057752, 0.38296513492132056]
  );
  close(
    draws(7, 2.5, 0.4, 6),
    [
      0.6202584399635527, 0.480205955437391, 0.8678834120313765, 1.6145385071192864, 1.2704898104357099,
      1.1995210570605754
    ]
  );
});

test("Python's shuffle and choice come out as CPython draws them", () => {
  const ten = Array.from({length: 10}, (_, i) => i);
  assert.deepEqual(new PythonRandom(0).shuffled(ten), [7, 8, 1, 5, 3, 4, 2, 0, 9, 6]);
  assert.deepEqual(new PythonRandom(2 ** 40 + 5).shuffled(ten), [1, 2, 3, 6, 7, 0, 5, 4, 9, 8]);
  const random = new PythonRandom(5);
  assert.deepEqual(
    Array.from({length: 7}, () => random.choice([0, 1, 2, 3, 4])),
    [4, 2, 2, 4, 0, 3, 1]
  );
});

test("arrivals end exactly at count / rate, and the first request also waits", () => {
  const times = arrivalTimes(8, 0, {requestRate: 4, burstiness: 1, rampUp: null});
  assert.ok(Math.abs((times.at(-1) ?? 0) - 2000) < 1e-9);
  assert.ok((times[0] ?? 0) > 0);
  const gaps = draws(0, 1, 0.25, 8);
  const total = gaps.reduce((a, b) => a + b);
  assert.ok(Math.abs((times[0] ?? 0) - ((gaps[0] ?? 0) * 2000) / total) < 1e-9);
});

test("an infinite rate sends all at once, an infinite burstiness spaces evenly", () => {
  assert.deepEqual(arrivalTimes(3, 0, {requestRate: Infinity, burstiness: 1, rampUp: null}), [0, 0, 0]);
  close(arrivalTimes(3, 0, {requestRate: 10, burstiness: Infinity, rampUp: null}), [100, 200, 300]);
});

test("a ramp goes from its first rate to its last, linearly or exponentially", () => {
  const gaps = (strategy: "linear" | "exponential") => {
    const times = arrivalTimes(3, 0, {
      requestRate: Infinity,
      burstiness: Infinity,
      rampUp: {strategy, startRps: 1, endRps: 4}
    });
    return times.map((t, i) => Math.round(t - (times[i - 1] ?? 0)));
  };
  assert.deepEqual(gaps("linear"), [1000, 400, 250]);
  assert.deepEqual(gaps("exponential"), [1000, 500, 250]);
});
