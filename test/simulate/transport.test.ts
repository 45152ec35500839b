import assert from "node:assert/strict";
import {test} from "node:test";
import {doAgree, measureTransport} from "../../loaders/simulate/transport.js";

test("three medians near the least agree, and no others", () => {
  assert.ok(!doAgree([0.5, 0.51]));
  assert.ok(doAgree([0.5, 0.51, 0.59]));
  assert.ok(!doAgree([0.5, 0.51, 0.61]));
  assert.ok(doAgree([2, 0.5, 3, 0.55, 0.59]), "a machine held up twice");
  assert.ok(!doAgree([0.9, 0.91, 0.92, 0.5]), "what was long at first is not the least");
});

test("what a client adds is measured, and a client that fails is told", async () => {
  const {transportMs, batchMs} = await measureTransport(null);
  assert.ok(transportMs > 0 && transportMs < 50, `${transportMs} ms`);
  assert.ok(batchMs > 0 && batchMs < 50, `${batchMs} ms`);
  await assert.rejects(
    measureTransport(4096),
    /^Error: what a client adds could not be measured: (there is no processor 4096|only Linux)/
  );
});
