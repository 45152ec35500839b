import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {mkdir, mkdtemp, readdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {setTimeout as sleep} from "node:timers/promises";
import {fileURLToPath} from "node:url";
import {readRun} from "../support/results.js";
import {good, runBench, serve, stream} from "./server.js";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "resume-"));
});
after(() => rm(folder, {recursive: true}));

test("an interrupted sweep keeps its part and --resume repeats no finished point", async () => {
  const interrupt = new AbortController();
  let measured = 0;
  const server = await serve((r) => {
    if (++measured === 4) interrupt.abort();
    setTimeout(() => stream(r).end(good), 20);
  });
  const target = join(folder, "resume");
  const flags = ["--num-prompts", "3", "--repeats", "3"];
  const first = await runBench(server.url, target, flags, {signal: interrupt.signal});
  assert.equal(first.end, "interrupted");
  assert.deepEqual(
    first.runs.map((r) => r.complete),
    [true, false]
  );
  measured = 100;
  const second = await runBench(server.url, target, [...flags, "--resume"]);
  assert.equal(measured, 106);
  assert.deepEqual(
    second.runs.map((r) => r.repeat),
    [1, 2]
  );
  const files = (await readdir(target)).filter((f) => f.endsWith(".json"));
  const all = await Promise.all(files.map((f) => readRun(join(target, f))));
  assert.deepEqual(all.map(({run}) => [run.sweep?.point, run.complete]).sort(), [
    [0, true],
    [1, true],
    [2, true]
  ]);
  const third = await runBench(server.url, target, [...flags, "--resume"]);
  assert.equal(third.runs.length, 0);
  assert.match(third.stderr, /3 of 3 points are finished/);
});

test("--resume passes over a folder that is named like a result", async () => {
  const target = join(folder, "named");
  await mkdir(join(target, "x.json"), {recursive: true});
  const server = await serve((r) => stream(r).end(good));
  const {end} = await runBench(server.url, target, ["--num-prompts", "1", "--resume"]);
  assert.equal(end, "finished");
});

test("interrupting the first cache reset does not make it another server to a resumed sweep", async () => {
  let interrupt: AbortController | null = null;
  const server = await serve((r) => stream(r).end(good), {
    others: {"/reset_prefix_cache": {}},
    hangs: (path) => {
      if (interrupt === null || path !== "/reset_prefix_cache") return false;
      setImmediate(() => interrupt?.abort());
      return true;
    }
  });
  const target = join(folder, "reset");
  const flags = ["--num-prompts", "1"];
  assert.equal((await runBench(server.url, target, flags)).end, "finished");
  interrupt = new AbortController();
  const {end} = await runBench(server.url, target, [...flags, "--resume"], {signal: interrupt.signal});
  assert.equal(end, "interrupted");
});

test("a point without a success ends the sweep, and --resume measures it again", async () => {
  let isIll = false;
  let measured = 0;
  const server = await serve((r) => {
    if (++measured === 3) isIll = true;
    if (isIll && measured > 3) r.writeHead(500).end();
    else stream(r).end(good);
  });
  const target = join(folder, "ill");
  const flags = ["--num-prompts", "3", "--repeats", "3"];
  const first = await runBench(server.url, target, flags);
  assert.equal(first.end, "no-success");
  assert.deepEqual(
    first.runs.map((r) => r.complete),
    [true, false]
  );
  assert.equal(measured, 6);
  isIll = false;
  const second = await runBench(server.url, target, [...flags, "--resume"]);
  assert.equal(second.end, "finished");
  assert.deepEqual(
    second.runs.map((r) => [r.repeat, r.complete]),
    [
      [1, true],
      [2, true]
    ]
  );
});

const root = fileURLToPath(new URL("../../", import.meta.url));

test("Ctrl-C writes what was measured, says how to resume and exits with 1", {timeout: 60_000}, async (t) => {
  const server = await serve((r) => setTimeout(() => stream(r).end(good), 400));
  const target = join(folder, "ctrl-c");
  const child = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "loaders/cli/bench.ts",
      "--base-url",
      server.url,
      "--backend",
      "openai-chat",
      "--random-input-len",
      "4",
      "--random-output-len",
      "2",
      "--num-prompts",
      "40",
      "--max-concurrency",
      "1",
      "--result-dir",
      target
    ],
    {cwd: root, stdio: ["ignore", "ignore", "pipe"]}
  );
  let stderr = "";
  child.stderr.on("data", (text) => (stderr += text));
  t.after(() => child.kill("SIGKILL"));
  while (server.bodies.length < 3) await sleep(20, undefined, {signal: t.signal});
  child.kill("SIGINT");
  const code = await new Promise((resolve) => child.once("exit", resolve));
  assert.equal(code, 1);
  assert.match(stderr, /Run the same command with --resume to complete it/);
  const [file] = (await readdir(target)).filter((f) => f.endsWith("-partial.json"));
  assert.equal((await readRun(join(target, file ?? ""))).run.complete, false);
});
