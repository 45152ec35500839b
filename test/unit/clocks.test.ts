import assert from "node:assert/strict";
import {it} from "node:test";
import {readClocks} from "../../loaders/machine/clocks.js";

it("the moment on both clocks comes from the fastest pair of readings", (context) => {
  // A nanosecond clock whose successive readings take these times.
  const takesMs = [40, 3, 0.5, 20, 7];
  let nowMs = 100;
  context.mock.method(performance, "now", () => nowMs);
  context.mock.method(process.hrtime, "bigint", () => {
    const half = (takesMs.shift() ?? assert.fail()) / 2;
    nowMs += half;
    const ns = BigInt(nowMs * 1e6);
    nowMs += half;
    return ns;
  });
  const {ms, ns} = readClocks();
  assert.equal(ms, 100 + 40 + 3 + 0.25);
  assert.equal(Number(ns) / 1e6, ms);
});
