import assert from "node:assert/strict";
import {test} from "node:test";
import {isExtreme} from "../../loaders/formats/extreme-percentile.js";

test("a percentile is an extreme value until one value lies beyond it", () => {
  for (const [percent, enough] of [
    [50, 2],
    [99, 100],
    [1, 100],
    [99.9, 1000],
    [99.99, 10_000]
  ] as const) {
    assert.equal(isExtreme(percent, enough), false, `p${percent} of ${enough}`);
    assert.equal(isExtreme(percent, enough - 1), true, `p${percent} of ${enough - 1}`);
  }
});
