import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {axisOf, loadLabel} from "../../loaders/pages/series/loads.js";
import {byLoad, offeredLoad, parseLoad} from "../../loaders/results/offered-load.js";

const linear = {strategy: "linear" as const, start_rps: 1, end_rps: 10};

describe("the load of a run", () => {
  const cases = [
    [{max_concurrency: 8, request_rate: "inf", ramp_up: null}, "c8", "concurrency 8"],
    [{max_concurrency: null, request_rate: 0.5, ramp_up: null}, "r0.5", "0.5 req/s"],
    [{max_concurrency: 64, request_rate: 4, ramp_up: null}, "c64-r4", "concurrency 64 and 4 req/s"],
    [
      {max_concurrency: null, request_rate: "inf", ramp_up: linear},
      "ramp-linear-1-10",
      "a rate rising from 1 to 10 req/s"
    ],
    [{max_concurrency: null, request_rate: "inf", ramp_up: null}, "all", "no limit"]
  ] as const;
  for (const [settings, key, text] of cases) {
    it(`${key} is ${text}`, () => {
      assert.equal(offeredLoad(settings), key);
      assert.equal(parseLoad(key).text, text);
    });
  }

  it("stands in the order of its size", () => {
    const keys = ["r4", "c16", "c2", "c16-r2", "all", "r1"];
    assert.deepEqual(
      keys
        .map(parseLoad)
        .sort(byLoad)
        .map(({key}) => key),
      ["c2", "c16-r2", "c16", "r1", "r4", "all"]
    );
  });

  it("is a number below a heading that names what all have in common", () => {
    const axis = (...keys: string[]) => axisOf(keys.map(parseLoad));
    assert.equal(axis("c1", "c8"), "Concurrency");
    assert.equal(axis("r1", "r2"), "Request rate (req/s)");
    assert.equal(axis("r2", "c8-r2"), "Load", "the limit tells them apart");
    assert.equal(axis("c1", "r1"), "Load");
    assert.equal(loadLabel(parseLoad("c8"), "Concurrency"), "8");
    assert.equal(loadLabel(parseLoad("r0.5"), "Request rate (req/s)"), "0.5");
    assert.equal(loadLabel(parseLoad("c8"), "Load"), "C 8");
    assert.equal(loadLabel(parseLoad("c8-r2"), "Load"), "C 8 at 2 req/s");
    assert.equal(loadLabel(parseLoad("c8-ramp-linear-1-10"), "Load"), "C 8 at 1 to 10 req/s");
    assert.equal(loadLabel(parseLoad("all"), "Load"), "no limit");
  });
});
