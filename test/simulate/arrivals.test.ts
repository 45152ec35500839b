import assert from "node:assert/strict";
import {Socket} from "node:net";
import {test} from "node:test";
import {setImmediate as nextTurn} from "node:timers/promises";
import {Arrivals} from "../../loaders/simulate/arrivals.js";

/** Time passes as soon as anyone waits for it; `then` is what happens meanwhile. */
function virtualClock(then: (dueMs: number) => void = () => undefined) {
  const clock = {
    now: 100,
    nowMs: () => clock.now,
    sleepUntil: async (dueMs: number) => {
      then(dueMs);
      clock.now = dueMs;
    }
  };
  return clock;
}

test("the first request of a connection arrives when the connection opens, later ones when they come", async () => {
  const clock = virtualClock();
  const arrivals = new Arrivals(clock, 1);
  const socket = new Socket();
  arrivals.connected(socket);
  await nextTurn();
  clock.now = 103;
  assert.equal(arrivals.arrivalMs(socket), 100);
  await nextTurn();
  clock.now = 104;
  assert.equal(arrivals.arrivalMs(socket), 104);
});

test("a connection that was opened in advance does not count", async () => {
  const clock = virtualClock();
  const arrivals = new Arrivals(clock, 1);
  const socket = new Socket();
  arrivals.connected(socket);
  await nextTurn();
  clock.now = 500;
  assert.equal(arrivals.arrivalMs(socket), 500);
});

test("everything read in one turn of the event loop arrived when reading began", async () => {
  const clock = virtualClock();
  const arrivals = new Arrivals(clock, 1);
  assert.equal(arrivals.arrivalMs(new Socket()), 100);
  clock.now = 101;
  assert.equal(arrivals.arrivalMs(new Socket()), 100);
  await nextTurn();
  assert.equal(arrivals.arrivalMs(new Socket()), 101);
});

test("work waits until a wave has been quiet for the set time, and at most ten times as long", async () => {
  const requests = [100.4, 101.2];
  const clock = virtualClock((dueMs) => {
    for (let [next] = requests; next !== undefined && next < dueMs; [next] = requests) {
      clock.now = next;
      arrivals.arrivalMs(new Socket());
      requests.shift();
    }
  });
  const arrivals = new Arrivals(clock, 1);
  arrivals.arrivalMs(new Socket());
  await arrivals.waveEnded();
  assert.equal(clock.now, 102.2);
  for (let ms = 102.7; ms < 130; ms += 0.5) requests.push(ms);
  arrivals.arrivalMs(new Socket());
  await arrivals.waveEnded();
  assert.equal(clock.now, 112.2);
});

test("a wave proceeds in order of arrival, all at once, and the next has its own end", async () => {
  const sleepers: {dueMs: number; wake: () => void}[] = [];
  const clock = {
    now: 100,
    nowMs: () => clock.now,
    sleepUntil: (dueMs: number) => new Promise<void>((wake) => sleepers.push({dueMs, wake}))
  };
  /** Wakes everyone who sleeps until then, in order of time. */
  const passTo = async (ms: number) => {
    for (;;) {
      await nextTurn();
      const next = sleepers.filter(({dueMs}) => dueMs <= ms).toSorted((a, b) => a.dueMs - b.dueMs)[0];
      if (next === undefined) break;
      sleepers.splice(sleepers.indexOf(next), 1);
      clock.now = next.dueMs;
      next.wake();
    }
    clock.now = ms;
  };
  const arrivals = new Arrivals(clock, 1);
  const order: string[] = [];
  const arrive = async (name: string) => {
    arrivals.arrivalMs(new Socket());
    await arrivals.waveEnded();
    order.push(`${name} at ${clock.now}`);
  };
  void arrive("first");
  await passTo(100.25);
  void arrive("second");
  await passTo(100.5);
  void arrive("third");
  await passTo(150);
  void arrive("fourth");
  await passTo(200);
  assert.deepEqual(order, ["first at 101.5", "second at 101.5", "third at 101.5", "fourth at 151"]);
});
