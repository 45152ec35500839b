import assert from "node:assert/strict";
import {Socket} from "node:net";
import {test} from "node:test";
import {Arrivals} from "../../loaders/simulate/arrivals.js";

test("the first request of a connection arrives when that is opened, later ones when they come", () => {
  let now = 100;
  const arrivals = new Arrivals(() => now);
  const socket = new Socket();
  arrivals.connected(socket);
  now = 103;
  assert.equal(arrivals.arrivalMs(socket), 100);
  now = 104;
  assert.equal(arrivals.arrivalMs(socket), 104);
});

test("a connection that was opened in advance does not count", () => {
  let now = 100;
  const arrivals = new Arrivals(() => now);
  const socket = new Socket();
  arrivals.connected(socket);
  now = 500;
  assert.equal(arrivals.arrivalMs(socket), 500);
});
