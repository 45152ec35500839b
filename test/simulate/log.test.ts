import assert from "node:assert/strict";
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {startSimulator} from "../../loaders/simulate/start-simulator.js";
import {closing} from "../support/closing.js";
import {eventually} from "../support/eventually.js";
import {CHAT, chatBody, post} from "./client.js";

test("a log that cannot be written ends, and the server keeps running", {timeout: 20_000}, async (t) => {
  const said = t.mock.method(console, "error", () => {});
  const simulator = closing(await startSimulator({speed: 50, logFile: "/dev/full"}));
  const answer = () => post(`${simulator.url}${CHAT}`, chatBody(" bako", 2)).then((r) => r.text());
  await answer();
  await eventually(() =>
    assert.match(String(said.mock.calls[0]?.arguments[0]), /^\/dev\/full: ENOSPC.*The log ends here/)
  );
  assert.match(await answer(), /\[DONE\]/);
});

test("the file has a line per request, with send times on the clock of process.hrtime", async () => {
  const folder = mkdtempSync(join(tmpdir(), "simulate-"));
  const logFile = join(folder, "log.jsonl");
  const simulator = closing(await startSimulator({speed: 50, logFile}));
  const before = process.hrtime.bigint();
  await (await post(`${simulator.url}${CHAT}`, chatBody(" bako", 2), {"x-request-id": "a"})).text();
  const after = process.hrtime.bigint();
  await (await post(`${simulator.url}${CHAT}`, chatBody(" bako", 2), {"x-simulate-fault": "429"})).text();
  await simulator.close();
  const lines = readFileSync(logFile, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  rmSync(folder, {recursive: true});
  assert.deepEqual(
    lines.map(({status, ending, fault}) => [status, ending, fault]),
    [
      [200, "complete", null],
      [429, "refused", "429"]
    ]
  );
  const [{id, endpoint, arrivalNs, firstDueNs, lastDueNs, chunks, endNs}] = lines;
  assert.deepEqual([id, endpoint], ["a", CHAT]);
  const kinds = chunks.map(({kind, tokens}: {kind: string; tokens: number}) => `${kind} ${tokens}`);
  assert.deepEqual(kinds, ["role 0", "content 1", "content 1", "usage 0", "done 0"]);
  const sent: bigint[] = chunks.map(({sentNs}: {sentNs: string}) => BigInt(sentNs));
  for (const times of [
    [before, BigInt(arrivalNs), BigInt(firstDueNs), ...sent, BigInt(endNs), after],
    [BigInt(firstDueNs), BigInt(lastDueNs), ...sent.slice(2)]
  ]) {
    assert.deepEqual(
      times,
      times.toSorted((a, b) => (a < b ? -1 : 1))
    );
  }
});

test("a log that is not to be kept leaves nothing in memory", async () => {
  const simulator = closing(await startSimulator({speed: 50, keepsLog: false}));
  await (await post(`${simulator.url}${CHAT}`, chatBody(" bako", 2))).text();
  assert.deepEqual(simulator.log.requests, []);
});
