import assert from "node:assert/strict";
import {mkdtemp, readdir, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {parseOptions} from "../../loaders/bench/call/parse-arms.js";
import {callFingerprint} from "../../loaders/bench/call/plan.js";
import {HostError} from "../../loaders/bench/server/host-error.js";
import {UsageError} from "../../loaders/errors/usage-error.js";
import {RunRecord} from "../../loaders/formats/run-record.js";
import {good, runBench, serve, stream} from "./server.js";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "same-sweep-"));
});
after(() => rm(folder, {recursive: true}));

/** A sweep of two points, one of them finished, in its own folder. */
async function unfinished(name: string, flags: string[] = [], others: Record<string, unknown> = {}) {
  const interrupt = new AbortController();
  let measured = 0;
  const server = await serve(
    (r) => {
      if (++measured === 2) interrupt.abort();
      stream(r).end(good);
    },
    {others}
  );
  const target = join(folder, name);
  const all = ["--num-prompts", "1", "--repeats", "2", ...flags];
  await runBench(server.url, target, all, {signal: interrupt.signal});
  const files = (await readdir(target)).sort();
  return {server, target, files, flags: [...all, "--resume"], measured: () => measured};
}

/** Nothing is measured or deleted, and one line names the difference. */
async function refusesToMix(
  {target, files, flags, measured}: Awaited<ReturnType<typeof unfinished>>,
  url: string,
  kind: typeof HostError | typeof UsageError,
  difference: RegExp
): Promise<void> {
  const before = measured();
  await assert.rejects(runBench(url, target, flags), (error: Error) => {
    assert.ok(error instanceof kind, String(error));
    assert.match(error.message, difference);
    assert.doesNotMatch(error.message, /\n/);
    return true;
  });
  assert.equal(measured(), before);
  assert.deepEqual((await readdir(target)).sort(), files);
}

test("--resume does not mix servers: another model or version stops it", async () => {
  const others: Record<string, unknown> = {"/version": {version: "0.15.1"}};
  const sweep = await unfinished("version", [], others);
  others["/version"] = {version: "0.16.0"};
  const version = /^[^;]*: server version was 0\.15\.1, is 0\.16\.0\. Restore that/;
  await refusesToMix(sweep, sweep.server.url, HostError, version);
  others["/version"] = {version: "0.15.1"};
  others["/v1/models"] = {data: [{id: "m", root: "org/other"}]};
  await refusesToMix(sweep, sweep.server.url, HostError, /: model was org\/m, is org\/other\./);
  delete others["/v1/models"];
  const {runs} = await runBench(sweep.server.url, sweep.target, sweep.flags);
  assert.deepEqual(
    runs.map((r) => r.sweep?.point),
    [1]
  );
});

test("--resume does not mix addresses", async () => {
  const sweep = await unfinished("address");
  const other = await serve((r) => stream(r).end(good));
  await refusesToMix(sweep, other.url, UsageError, /--base-url was http:\S+, is http:/);
  assert.equal(other.bodies.length, 1, "only the preflight was sent");
});

test("--resume does not mix datasets with the same name", async () => {
  const file = join(folder, "prompts.jsonl");
  await writeFile(file, '{"prompt": "a"}');
  const flags = ["--dataset-name", "custom", "--skip-chat-template", "--dataset-path", file];
  const given = flags.concat("--custom-output-len", "2");
  const sweep = await unfinished("dataset", given);
  await writeFile(file, '{"prompt": "b"}');
  await refusesToMix(sweep, sweep.server.url, UsageError, /SHA-256 of --dataset-path was [0-9a-f]{64}, is /);
});

/** A server’s tokenizer and its special tokens, by id. */
const tokenizer = (special: Record<string, string>) => ({
  "/tokenize": {tokens: [1], count: 1},
  "/detokenize": {prompt: "a"},
  "/tokenizer_info": {
    vocab_size: 20,
    added_tokens_decoder: special,
    all_special_tokens: Object.values(special)
  }
});

test("--resume does not mix random prompts that leave out other special ids", async () => {
  const others: Record<string, unknown> = tokenizer({"1": "<s>"});
  const sweep = await unfinished("special", [], others);
  Object.assign(others, tokenizer({"1": "<s>", "2": "</s>"}));
  const ids = /: SHA-256 of the special ids was [0-9a-f]{64}, is [0-9a-f]{64}\. Restore/;
  await refusesToMix(sweep, sweep.server.url, HostError, ids);
  Object.assign(others, tokenizer({"1": "<s>"}));
  const {runs} = await runBench(sweep.server.url, sweep.target, sweep.flags);
  assert.equal(runs.length, 1);
});

test("--resume continues with prompts from a file, whichever ids are special", async () => {
  const file = join(folder, "file.jsonl");
  await writeFile(file, '{"prompt": "a"}');
  const others: Record<string, unknown> = tokenizer({"1": "<s>"});
  const flags = [
    "--dataset-name",
    "custom",
    "--skip-chat-template",
    "--dataset-path",
    file,
    "--custom-output-len",
    "2"
  ];
  const sweep = await unfinished("file", flags, others);
  Object.assign(others, tokenizer({}));
  const {runs} = await runBench(sweep.server.url, sweep.target, sweep.flags);
  assert.equal(runs.length, 1);
});

test("--resume does not mix a cache that is reset with one that is not", async () => {
  const others: Record<string, unknown> = {"/reset_prefix_cache": {}};
  const sweep = await unfinished("reset", [], others);
  delete others["/reset_prefix_cache"];
  const difference =
    /: resetting the prefix cache was possible, is impossible; the seed was the same at every point, is each point's own\./;
  await refusesToMix(sweep, sweep.server.url, HostError, difference);
});

test("--resume of one arm alone does not mix its prompts with those the other arm determined", async () => {
  const interrupt = new AbortController();
  let measured = 0;
  const a = await serve(
    (r) => {
      if (++measured === 2) interrupt.abort();
      stream(r).end(good);
    },
    {others: {"/reset_prefix_cache": {}}}
  );
  const b = await serve((r) => stream(r).end(good));
  const target = join(folder, "arm");
  const flags = ["--num-prompts", "1", "--repeats", "2", "--series"];
  await runBench([a.url, b.url], target, [...flags, "a", "b"], {signal: interrupt.signal});
  await assert.rejects(runBench(a.url, join(target, "a"), [...flags, "a", "--resume"]), {
    message: /: the seed was each point's own, is the same at every point\./
  });
  assert.equal(measured, 2);
});

test("a run records what its sweep asked, as the call's flags alone state it", async () => {
  const server = await serve((r) => stream(r).end(good));
  const target = join(folder, "call");
  const flags = ["--num-prompts", "1", "--max-concurrency", "1", "--repeats", "1", "--random-input-len", "4"];
  const {runs} = await runBench(server.url, target, [...flags, "--backend", "openai"]);
  const elsewhere = ["--base-url", "http://elsewhere", ...flags, "--random-output-len", "2"];
  assert.equal(runs[0]?.sweep?.call, callFingerprint(parseOptions(elsewhere, {})));
  const {call: _, subject: __, ...old} = runs[0]?.sweep ?? assert.fail();
  assert.equal(RunRecord.shape.sweep.parse(old)?.call, null);
});
