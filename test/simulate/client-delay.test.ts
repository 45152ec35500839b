import assert from "node:assert/strict";
import {test} from "node:test";
import {measureClientDelay} from "../../loaders/simulate/measure-client-delay.js";

test("what a client adds is measured, and a client that fails is reported", async () => {
  const {transportMs, batchMs} = await measureClientDelay(null);
  assert.ok(transportMs > 0 && transportMs < 50, `${transportMs} ms`);
  assert.ok(batchMs > 0 && batchMs < 50, `${batchMs} ms`);
  await assert.rejects(
    measureClientDelay(4096),
    /^Error: what a client adds could not be measured: (there is no processor 4096|only Linux)/
  );
});
