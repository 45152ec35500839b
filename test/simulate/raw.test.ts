import assert from "node:assert/strict";
import {test} from "node:test";
import {startSimulator} from "../../loaders/simulate/start-simulator.js";
import {closing} from "../support/closing.js";
import {CHAT, chatBody, eventsOf, post} from "./client.js";

test("64 streams send at the rate asked for, out of phase, with every send logged", async () => {
  const simulator = closing(await startSimulator({raw: {chunksPerSecond: 78.125}}));
  const texts = await Promise.all(
    Array.from({length: 64}, async () =>
      (await post(`${simulator.url}${CHAT}`, chatBody(" bako", 80))).text()
    )
  );
  await simulator.close();
  for (const text of texts) assert.equal(eventsOf(text).length, 83);
  const {requests} = simulator.log;
  const planned = requests.map(({firstDueNs, lastDueNs}) => [
    Number(firstDueNs) / 1e6,
    Number(lastDueNs) / 1e6
  ]);
  for (const [first = 0, last = 0] of planned) assert.ok(Math.abs((last - first) / 79 - 12.8) < 1e-6);
  const early = requests.flatMap(({chunks, firstDueNs}) =>
    chunks
      .filter(({tokens}) => tokens > 0)
      .filter(({sentNs}, i) => sentNs < (firstDueNs ?? sentNs) + BigInt(Math.floor(i * 12.8e6)))
  );
  assert.deepEqual(early, [], "no chunk leaves before its time");
  const phases = new Set(planned.map(([first = 0]) => Math.floor((first % 12.8) / 1.6)));
  assert.ok(phases.size >= 6, `${phases.size} of 8 parts of the period are used`);
});

test("1024 streams are open at once", async () => {
  // One chunk per 100 s: none can end before the last has begun.
  const simulator = closing(await startSimulator({raw: {chunksPerSecond: 0.01}}));
  const answers = await Promise.all(
    Array.from({length: 1024}, () => post(`${simulator.url}${CHAT}`, chatBody(" bako", 100)))
  );
  const open = simulator.log.requests.filter(({ending}) => ending === null).length;
  await Promise.all(answers.map((answer) => answer.body?.cancel()));
  await simulator.close();
  assert.equal(open, 1024);
});

test("as fast as the sockets take it, with several chunks per write sharing a send time", async () => {
  const simulator = closing(await startSimulator({raw: {chunksPerSecond: null, chunksPerWrite: 4}}));
  const text = await (await post(`${simulator.url}${CHAT}`, chatBody(" bako", 400))).text();
  await simulator.close();
  assert.equal(eventsOf(text).length, 403);
  const times = new Set(simulator.log.requests[0]?.chunks.map(({sentNs}) => sentNs));
  assert.equal(times.size, Math.ceil(403 / 4));
});
