import assert from "node:assert/strict";
import {test} from "node:test";
import {startSimulator} from "../../loaders/simulate/server.js";
import {CHAT, chatBody, eventsOf, post, quantile} from "./client.js";

test("64 streams send at the rate asked for, out of phase, with every send logged", async () => {
  const simulator = await startSimulator({raw: {chunksPerSecond: 78.125}});
  const texts = await Promise.all(
    Array.from({length: 64}, async () =>
      (await post(`${simulator.url}${CHAT}`, chatBody(" bako", 80))).text()
    )
  );
  await simulator.close();
  for (const text of texts) assert.equal(eventsOf(text).length, 83);
  const gaps = simulator.log.requests.flatMap(({chunks}) => {
    const sends = chunks.filter(({tokens}) => tokens > 0).map(({sentNs}) => sentNs);
    return [Number((sends.at(-1) ?? 0n) - (sends[0] ?? 0n)) / 1e6 / (sends.length - 1)];
  });
  assert.ok(Math.abs(quantile(gaps, 0.5) / 12.8 - 1) < 0.02, `${quantile(gaps, 0.5)} ms a chunk`);
  const firsts = simulator.log.requests.map(({chunks}) => Number(chunks[20]?.sentNs) / 1e6);
  const phases = new Set(firsts.map((ms) => Math.floor((ms % 12.8) / 1.6)));
  assert.ok(phases.size >= 6, `${phases.size} of 8 parts of the period are used`);
});

test("1024 streams are open at once", async () => {
  const simulator = await startSimulator({raw: {chunksPerSecond: 10}});
  const answers = await Promise.all(
    Array.from({length: 1024}, () => post(`${simulator.url}${CHAT}`, chatBody(" bako", 100)))
  );
  const open = simulator.log.requests.filter(({ending}) => ending === null).length;
  await Promise.all(answers.map((answer) => answer.text()));
  await simulator.close();
  assert.equal(open, 1024);
  assert.ok(simulator.log.requests.every(({ending}) => ending === "complete"));
});

test("as fast as the sockets take it, with several chunks a write that share a send time", async () => {
  const simulator = await startSimulator({raw: {chunksPerSecond: null, chunksPerWrite: 4}});
  const text = await (await post(`${simulator.url}${CHAT}`, chatBody(" bako", 400))).text();
  await simulator.close();
  assert.equal(eventsOf(text).length, 403);
  const times = new Set(simulator.log.requests[0]?.chunks.map(({sentNs}) => sentNs));
  assert.equal(times.size, Math.ceil(403 / 4));
});
