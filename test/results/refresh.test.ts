import assert from "node:assert/strict";
import {existsSync, mkdirSync, readdirSync, renameSync} from "node:fs";
import {dirname} from "node:path";
import {after, before, test} from "node:test";
import {liveCache} from "../../loaders/measure/live-cache.js";
import {type Simulator, startSimulator} from "../../loaders/simulate/start-simulator.js";
import {makeWorkspace, type Workspace} from "../support/workspace.js";

let workspace: Workspace;
let simulator: Simulator;
before(async () => {
  workspace = makeWorkspace();
  simulator = await startSimulator({speed: 100});
});
after(async () => {
  await simulator.close();
  workspace.remove();
});

const live = {"num-prompts": 3, "random-input-len": 4, "random-output-len": 3, "max-concurrency": [1, 2]};

test("npm run refresh measures, caches and shows a live series; a build without a host shows the cache, even after a kill", async () => {
  const own = JSON.parse(workspace.read("data/series/own.json"));
  const card = {...own, id: "host", label: "Host", place: "data/results/host", live: {...live, repeats: 1}};
  workspace.write("data/series/host.json", JSON.stringify(card));
  const run = async (command: string, args: string[], url: string) => {
    const {code, stderr} = await workspace.run(command, args, {VLLM_BASE_URL: url});
    assert.equal(code, 0, stderr);
    return {stderr, page: workspace.read("dist/series/host.html")};
  };
  const cache = liveCache(workspace.path("data"), "host");

  const refreshed = await run("refresh", ["--series", "host"], simulator.url);
  assert.match(refreshed.page, /Measured live by the build that made this page, on /);
  assert.match(refreshed.stderr, /^host: cached in data\/results\/host\/live\/$/m);
  const files = readdirSync(cache);
  assert.equal(files.filter((name) => name.endsWith(".json")).length, 2);

  // As left by a refresh that is killed between its two renames.
  const aside = workspace.path(".benchbook/live/host-before");
  mkdirSync(dirname(aside), {recursive: true});
  renameSync(cache, aside);
  const built = await run("build", [], "");
  assert.match(built.page, /read from its cache, which was less than a day old when this page was built/);
  assert.deepEqual(readdirSync(cache), files);
  assert.equal(existsSync(aside), false);
});
