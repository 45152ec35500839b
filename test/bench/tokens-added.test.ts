import assert from "node:assert/strict";
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {wordTokenizer} from "../../loaders/bench/server/host-tokenizer.js";
import {tokensAdded} from "../../loaders/bench/server/tokens-added.js";
import {type Simulator, startSimulator} from "../../loaders/simulate/start-simulator.js";
import {runBench} from "./server.js";

let folder: string;
let simulator: Simulator;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "tokens-added-"));
  simulator = await startSimulator({speed: 20});
});
after(async () => {
  await simulator.close();
  await rm(folder, {recursive: true});
});

async function measured(backend: string, flags: string[] = []) {
  const {runs} = await runBench(simulator.url, await mkdtemp(join(folder, backend)), [
    ...["--backend", backend, "--num-prompts", "2"],
    ...flags
  ]);
  const [run] = runs;
  assert.ok(run);
  return {
    added: run.provenance?.prompt_tokens_added,
    beyond: run.requests?.map((request) => (request.prompt_tokens ?? 0) - (request.input_tokens ?? 0)),
    codes: run.warnings.map(({code}) => code)
  };
}

test("special tokens before a completion and a chat template are reported and do not count as another length", async () => {
  for (const [backend, added] of [
    ["openai", 2],
    ["openai-chat", 6]
  ] as const) {
    const run = await measured(backend);
    assert.equal(run.added, added, backend);
    assert.deepEqual(run.beyond, [added, added], backend);
    assert.ok(!run.codes.includes("prompt-length-differs"), backend);
  }
});

test("they are counted as the extra body makes the server tokenise", async () => {
  const run = await measured("openai", ["--extra-body", '{"add_special_tokens":false}']);
  assert.deepEqual([run.added, run.beyond], [0, [0, 0]]);
});

test("what the server does not count is unknown", async () => {
  const chat = {backend: "openai-chat", model: "m", extraBody: {}} as const;
  const tokenizer = {...wordTokenizer(), exact: true};
  const answering = (status: number, body: unknown) =>
    tokensAdded(async () => ({status, body}), tokenizer, chat);
  assert.equal(await answering(200, {count: 9}), 8);
  assert.equal(await answering(400, {count: 9}), null);
  assert.equal(await answering(200, {tokens: "x"}), null);
  assert.equal(await tokensAdded(() => Promise.reject(new Error("gone")), tokenizer, chat), null);
  assert.equal(await tokensAdded(async () => ({status: 200, body: {count: 9}}), wordTokenizer(), chat), null);
});
