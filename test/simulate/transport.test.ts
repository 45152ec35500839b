import assert from "node:assert/strict";
import {test} from "node:test";
import {measureTransport} from "../../loaders/simulate/transport.js";

test("what a client adds is measured, and a client that fails is told", async () => {
  const {transportMs, batchMs} = await measureTransport(null);
  assert.ok(transportMs > 0 && transportMs < 50, `${transportMs} ms`);
  assert.ok(batchMs > 0 && batchMs < 50, `${batchMs} ms`);
  await assert.rejects(
    measureTransport(4096),
    /^Error: what a client adds could not be measured: (there is no processor 4096|only Linux)/
  );
});
