import assert from "node:assert/strict";
import {mkdtemp, readdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {after, before, test} from "node:test";
import {describeCall} from "../../loaders/bench/call/describe-call.js";
import {parseArms} from "../../loaders/bench/call/parse-arms.js";
import {readRun} from "../support/results.js";
import {good, runBench, serve, stream} from "./server.js";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "arms-"));
});
after(() => rm(folder, {recursive: true}));

const FLAGS = ["--series", "a", "b", "--max-concurrency", "1,2", "--repeats", "2", "--num-prompts", "2"];
const TURNS = ["a1", "b1", "a2", "b2", "b1", "a1", "b2", "a2"];

/** Two servers; `served` records which one got each request, in order. */
async function pair(onRequest: (served: string[]) => void = () => {}) {
  const served: string[] = [];
  const arm = (name: string) =>
    serve((r) => {
      served.push(name);
      onRequest(served);
      stream(r).end(good);
    });
  const [a, b] = [await arm("a"), await arm("b")];
  return {served, a, b, urls: [a.url, b.url]};
}

test("arms take turns at each concurrency, in reverse order in every second repeat", async () => {
  const servers = await pair();
  const target = join(folder, "turns");
  const {end, runs, paths, stdout} = await runBench(servers.urls, target, FLAGS);
  assert.equal(end, "finished");
  assert.deepEqual(
    runs.map((r) => `${r.series}${r.settings.max_concurrency}`),
    TURNS
  );
  assert.deepEqual(
    servers.served,
    TURNS.flatMap(([arm = ""]) => [arm, arm])
  );
  assert.deepEqual(
    paths.map((path) => dirname(path)),
    TURNS.map(([arm = ""]) => join(target, arm))
  );
  assert.deepEqual(
    runs.map((r) => r.settings.base_url),
    TURNS.map(([arm]) => (arm === "a" ? servers.a.url : servers.b.url))
  );
  assert.equal(new Set(runs.map((r) => r.id)).size, TURNS.length);
  assert.match(stdout, /^a {2}C=1 .*\nb {2}C=1 /);
});

test("an interrupted comparison is resumed arm by arm", async () => {
  const interrupt = new AbortController();
  const servers = await pair((served) => {
    if (served.length === 10) interrupt.abort();
  });
  const target = join(folder, "resumed");
  const first = await runBench(servers.urls, target, FLAGS, {signal: interrupt.signal});
  assert.equal(first.end, "interrupted");
  assert.equal(first.runs.filter((r) => r.complete).length, 4);
  const second = await runBench(servers.urls, target, [...FLAGS, "--resume"]);
  assert.deepEqual(
    second.runs.map((r) => `${r.series}${r.settings.max_concurrency}`),
    TURNS.slice(4)
  );
  for (const arm of ["a", "b"]) {
    const files = (await readdir(join(target, arm))).filter((f) => f.endsWith(".json"));
    const all = await Promise.all(files.map((f) => readRun(join(target, arm, f))));
    assert.deepEqual(all.map(({run}) => [run.series, run.sweep?.point, run.complete].join()).sort(), [
      `${arm},0,true`,
      `${arm},1,true`,
      `${arm},2,true`,
      `${arm},3,true`
    ]);
  }
});

test("every server is checked before any is measured", async () => {
  const servers = await pair();
  await servers.b.close();
  await assert.rejects(runBench(servers.urls, join(folder, "unfit"), FLAGS), {
    message: new RegExp(`^${servers.b.url}: refused`)
  });
  assert.deepEqual(servers.served, []);
});

test("if one server cannot reset its cache, both get the same prompts from a new seed at each point", async () => {
  const [a, b] = [
    await serve((r) => stream(r).end(good), {others: {"/reset_prefix_cache": {}}}),
    await serve((r) => stream(r).end(good))
  ];
  const {runs} = await runBench([a.url, b.url], join(folder, "seeds"), FLAGS);
  assert.deepEqual(
    runs.map((r) => r.settings.seed),
    [0, 0, 1, 1, 2, 2, 3, 3]
  );
});

test("the plan of a comparison shows each arm, its folder and the turns", () => {
  const words = ["--base-url", "http://x:1", "http://y:2", "--result-dir", "out", ...FLAGS];
  const plan = describeCall(parseArms(words, {}));
  assert.match(
    plan,
    /^Arm a\nServer +http:\/\/x:1\/[\s\S]*out\/a\/\n\nArm b\nServer +http:\/\/y:2\/[\s\S]*out\/b\//
  );
  assert.match(plan, /in every second repeat in reverse order \(ABBA\)/);
  const [one] = parseArms(["--base-url", "http://x:1"], {});
  assert.doesNotMatch(describeCall(one ? [one] : []), /Arm/);
});

test("arms are refused if they lack a series or share one", () => {
  const urls = ["--base-url", "http://x:1", "http://y:2"];
  assert.throws(() => parseArms(urls, {}), /give each server a series of its own/);
  assert.throws(() => parseArms([...urls, "--series", "a", "a"], {}), /a series of its own/);
});
