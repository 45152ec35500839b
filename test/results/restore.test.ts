import assert from "node:assert/strict";
import fs from "node:fs";
import {syncBuiltinESMExports} from "node:module";
import {dirname, join} from "node:path";
import {afterEach, beforeEach, mock, test} from "node:test";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import type {Series} from "../../loaders/evidence/schema.js";
import {isCached, restoreCache} from "../../loaders/measure/live-cache.js";
import {measureLive} from "../../loaders/measure/measure-live.js";
import {readResults} from "../../loaders/results/read-results.js";
import {DataFolder, vllmResult} from "./fixture.js";

let data: DataFolder;
beforeEach(() => {
  data = new DataFolder();
});
afterEach(() => data.remove());

function liveCard(): Series {
  data.addSeries("host", "measured", {live: {"num-prompts": 3}});
  return readEvidence(data.path).series.find(({id}) => id === "host") ?? assert.fail();
}

const OLD = ["20260203-203000", "20260203-203001", "20260203-203002"];
const NEW = ["20260303-203000", "20260303-203001"];

function writeRuns(folder: string, dates: readonly string[]): void {
  fs.mkdirSync(folder, {recursive: true});
  for (const date of dates)
    fs.writeFileSync(join(folder, `${date}.json`), JSON.stringify(vllmResult({date})));
}

class Kill extends Error {}

/**
 * Measures NEW, and stops at the `step`-th change to the file system after the sweep like a killed process: nothing
 * happens after it, because measureLive catches nothing. A folder that it was removing is then half gone.
 * @returns the change it stopped at; undefined if there are fewer
 */
async function killedAt(card: Series, step: number): Promise<string | undefined> {
  let left = Number.POSITIVE_INFINITY;
  const {mkdirSync, renameSync, rmSync} = fs;
  mock.method(fs, "mkdirSync", (...args: Parameters<typeof mkdirSync>) => {
    if (left-- === 0) throw new Kill("mkdir");
    return mkdirSync(...args);
  });
  mock.method(fs, "renameSync", (...args: Parameters<typeof renameSync>) => {
    if (left-- === 0) throw new Kill("rename");
    renameSync(...args);
  });
  mock.method(fs, "rmSync", (...args: Parameters<typeof rmSync>) => {
    const [path] = args;
    if (left-- > 0) return rmSync(...args);
    for (const name of fs.readdirSync(path).slice(1)) rmSync(join(String(path), name));
    throw new Kill("rm");
  });
  syncBuiltinESMExports();
  try {
    await measureLive(data.path, card, "http://127.0.0.1:9", {
      say: () => {},
      bench: async (options) => {
        writeRuns(options["result-dir"] ?? assert.fail(), NEW);
        left = step;
        return "finished";
      }
    });
  } catch (error) {
    if (error instanceof Kill) return error.message;
    throw error;
  } finally {
    mock.restoreAll();
    syncBuiltinESMExports();
  }
}

/** The dates of the runs that a build finds. */
async function found(): Promise<(string | null)[]> {
  const {results, faults} = await readResults(data.path, readEvidence(data.path).series);
  assert.deepEqual(faults, []);
  return results.map(({run}) => run.date);
}

test("after a refresh is killed at any step, the next build finds a whole cache, the old or the new", async () => {
  const card = liveCard();
  const cache = join(data.path, "results", "host", "live");
  const left = join(dirname(data.path), ".benchbook", "live");
  const states: (readonly [string, "old" | "new"])[] = [];
  for (let step = 0; ; step++) {
    fs.rmSync(cache, {recursive: true, force: true});
    writeRuns(cache, OLD);
    const at = await killedAt(card, step);
    if (at === undefined) break;
    restoreCache(data.path, card);
    const dates = await found();
    const state = dates[0] === OLD[0] ? "old" : "new";
    assert.deepEqual(dates, state === "old" ? OLD : NEW, `step ${step}`);
    states.push([at, state]);
    fs.rmSync(cache, {recursive: true});
    restoreCache(data.path, card);
    assert.equal(fs.existsSync(cache), false, "nothing that was replaced comes back");
  }
  assert.deepEqual(states, [
    ["mkdir", "old"],
    ["rename", "old"],
    ["rename", "old"],
    ["rm", "new"]
  ]);
  assert.deepEqual(await found(), NEW);
  assert.deepEqual(fs.readdirSync(left), []);
});

test("a refresh after one that was killed between its two renames measures and leaves nothing set aside", async () => {
  const card = liveCard();
  writeRuns(join(data.path, "results", "host", "live"), OLD);
  assert.equal(await killedAt(card, 2), "rename");
  assert.deepEqual(await found(), []);
  assert.equal(await killedAt(card, Number.POSITIVE_INFINITY), undefined);
  assert.deepEqual(await found(), NEW);
});

test("a folder without results is not a cache, and does not replace one", () => {
  const card = liveCard();
  const cache = join(data.path, "results", "host", "live");
  const aside = join(dirname(data.path), ".benchbook", "live", "host-before");
  assert.equal(isCached(data.path, card), false);
  fs.mkdirSync(join(cache, "sub"), {recursive: true});
  assert.equal(isCached(data.path, card), false);
  writeRuns(aside, OLD);
  restoreCache(data.path, card);
  assert.equal(isCached(data.path, card), true);
  assert.equal(fs.readdirSync(cache).length, OLD.length);
});

test("a first measurement that is killed leaves no cache", async () => {
  const card = liveCard();
  assert.equal(await killedAt(card, 1), "rename");
  restoreCache(data.path, card);
  assert.deepEqual(await found(), []);
});
