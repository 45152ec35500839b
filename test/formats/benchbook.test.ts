import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import {appendFile, mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {gunzipSync, gzipSync} from "node:zlib";
import {writeRun} from "../../loaders/formats/benchbook-result.js";
import {decodeEvents, encodeEvents} from "../../loaders/formats/events.js";
import {readResult} from "../../loaders/formats/read-result.js";
import {toRun, VllmResult} from "../../loaders/formats/vllm-file.js";
import {readRun} from "../support/results.js";

const result = VllmResult.parse({
  date: "20260203-202832",
  endpoint_type: "openai-chat",
  backend: "openai-chat",
  label: null,
  model_id: "org/m",
  tokenizer_id: null,
  num_prompts: 1,
  request_rate: 2,
  burstiness: 1,
  max_concurrency: null,
  duration: 1,
  completed: 1,
  failed: 0,
  total_input_tokens: 1,
  total_output_tokens: 2,
  request_throughput: 1,
  request_goodput: null,
  output_throughput: 2,
  total_token_throughput: 3,
  input_lens: [1],
  output_lens: [2],
  ttfts: [0.1],
  itls: [[0.2]],
  start_times: [5],
  errors: [""]
});

const asIs = (text: string) => text;

test("events survive the columnar file to the nanosecond", () => {
  const events = {
    request: Uint32Array.from([0, 1, 4_000_000_000]),
    time_ns: Float64Array.from([0, 999_999_999, 21_600_123_456_789]),
    kind: Uint8Array.from([0, 1, 7]),
    tokens: Int32Array.from([-1, 0, 3])
  };
  assert.deepEqual(decodeEvents(encodeEvents(events)), events);
});

test("a run is read as it was written, and its JSON keeps vLLM's keys in order before ours", async () => {
  const folder = await mkdtemp(join(tmpdir(), "benchbook-"));
  const run = toRun(result, "one");
  const path = await writeRun(join(folder, "new"), result, run, asIs);
  assert.deepEqual((await readRun(path)).run, run);
  assert.deepEqual(await readResult(path), [run]);
  const keys = Object.keys(JSON.parse(await readFile(path, "utf8")));
  assert.deepEqual(keys, [...Object.keys(result), "benchbook"]);
  assert.deepEqual(await readdir(join(folder, "new")), [
    "openai-chat-2.0qps-m-20260203-202832.events.bin.gz",
    "openai-chat-2.0qps-m-20260203-202832.json"
  ]);
  await rm(folder, {recursive: true});
});

test("the file is named after the settings and our key stays last, whatever the metadata says", async () => {
  const folder = await mkdtemp(join(tmpdir(), "benchbook-"));
  const run = toRun(result, "one");
  const {benchbook, ...rest} = {benchbook: "mine", ...result};
  const steered = {benchbook, ...rest, date: "../../elsewhere", request_rate: 9, label: "other"};
  const path = await writeRun(folder, steered, run, asIs);
  assert.equal(path, join(folder, "openai-chat-2.0qps-m-20260203-202832.json"));
  assert.equal(Object.keys(JSON.parse(await readFile(path, "utf8"))).at(-1), "benchbook");
  await rm(folder, {recursive: true});
});

test("redacted text is gone from every string in the file and from its name, and the file can still be read", async () => {
  const folder = await mkdtemp(join(tmpdir(), "benchbook-"));
  const run = toRun({...result, model_id: "a/org-secret/inf", errors: ["org-secret"]}, "run-of-inf");
  const redact = (text: string) =>
    text.replaceAll("org-secret/inf", "X").replaceAll(/org-secret|inf|run/g, "X");
  const path = await writeRun(folder, {...result, model_id: "org-secret"}, run, redact);
  assert.match(path, /-X-20260203-202832\.json$/);
  assert.doesNotMatch(await readFile(path, "utf8"), /org-secret/);
  assert.equal((await readRun(path)).run.id, "run-of-inf");
  assert.equal((await readRun(path)).run.clock, "run");
  await rm(folder, {recursive: true});
});

test("merged results are refused, because read as vLLM's they would lose their marks", async () => {
  const folder = await mkdtemp(join(tmpdir(), "benchbook-"));
  const run = {...toRun(result, "one"), complete: false};
  const text = await readFile(await writeRun(folder, result, run, asIs), "utf8");
  const foreign = JSON.stringify(result);
  for (const together of [
    `[${text}]`,
    `\n [${foreign},${text}]`,
    `${foreign}\n${text}\n`,
    `${text}\n${text}`
  ]) {
    const path = join(folder, "together.json");
    await writeFile(path, together);
    await assert.rejects(
      readResult(path),
      /together\.json: holds results of npm run bench, put together\. Give the files that it wrote, one by one\.$/
    );
  }
  await rm(folder, {recursive: true});
});

test("a record with another shape is refused, not read as vLLM's", async () => {
  const folder = await mkdtemp(join(tmpdir(), "benchbook-"));
  const path = join(folder, "later.json");
  await writeFile(path, JSON.stringify({...result, benchbook: {schema: "benchbook-run-2"}}));
  await assert.rejects(readResult(path), /later\.json: not a result of npm run bench: “benchbook\.schema”/);
  await rm(folder, {recursive: true});
});

test("a wrong number is refused in one line that names file, key and remedy", async () => {
  const folder = await mkdtemp(join(tmpdir(), "benchbook-"));
  const path = await writeRun(folder, result, toRun(result, "one"), asIs);
  const {benchbook, ...vllm} = JSON.parse(await readFile(path, "utf8"));
  for (const [key, document] of [
    ["total_output_tokens", {...vllm, total_output_tokens: -8, benchbook}],
    ["benchbook.repeat", {...vllm, benchbook: {...benchbook, repeat: 2 ** 31}}],
    ["benchbook.duration_s", {...vllm, benchbook: {...benchbook, duration_s: -1}}]
  ] as const) {
    await writeFile(path, JSON.stringify(document));
    await assert.rejects(readResult(path), (error: Error) => {
      assert.match(error.message, /\.json: not a result of npm run bench: .*\. Run the benchmark again\.$/);
      assert.ok(error.message.includes(`“${key}” is `), error.message);
      assert.doesNotMatch(error.message, /\n/);
      return true;
    });
  }
  await rm(folder, {recursive: true});
});

test("a run from before a setting or a count was recorded reads as not stated", async () => {
  const folder = await mkdtemp(join(tmpdir(), "benchbook-"));
  const run = toRun({...result, spec_decode_num_drafts: 1, spec_decode_draft_tokens: 1}, "one");
  const path = await writeRun(folder, result, run, asIs);
  const document = JSON.parse(await readFile(path, "utf8"));
  for (const field of [
    "ignore_eos",
    "continuous_usage",
    "timeouts_s",
    "max_failures",
    "vocab_size",
    "special_ids"
  ])
    delete document.benchbook.settings[field];
  delete document.benchbook.provenance.counters_reset;
  await writeFile(path, JSON.stringify(document));
  assert.deepEqual((await readRun(path)).run, run);
  await rm(folder, {recursive: true});
});

test("a second run within the same second does not overwrite the first", async () => {
  const folder = await mkdtemp(join(tmpdir(), "benchbook-"));
  const first = await writeRun(folder, result, toRun(result, "one"), asIs);
  const second = await writeRun(folder, result, toRun(result, "two"), asIs);
  assert.equal((await readRun(first)).run.id, "one");
  assert.equal((await readRun(second)).run.id, "two");
  await rm(folder, {recursive: true});
});

test("events of another version are refused in one line that names the file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "benchbook-"));
  const path = await writeRun(folder, result, toRun(result, "one"), asIs);
  const events = path.replace(/\.json$/, ".events.bin.gz");
  const later = gzipSync(
    gunzipSync(await readFile(events))
      .toString("latin1")
      .replace('"version":1', '"version":2')
  );
  await writeFile(events, later);
  const document = JSON.parse(await readFile(path, "utf8"));
  document.benchbook.events.sha256 = createHash("sha256").update(later).digest("hex");
  await writeFile(path, JSON.stringify(document));
  await assert.rejects(readRun(path), {
    message: `${events}: not an events file of version 1. Update Benchbook, or run the benchmark again.`
  });
  await rm(folder, {recursive: true});
});

test("changed or lost events are noticed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "benchbook-"));
  const path = await writeRun(folder, result, toRun(result, "one"), asIs);
  const events = path.replace(/\.json$/, ".events.bin.gz");
  await appendFile(events, "x");
  await assert.rejects(readRun(path), /differs from what its result file describes/);
  await rm(events);
  await assert.rejects(readRun(path), /missing\. Copy it beside its result file/);
  await rm(folder, {recursive: true});
});
