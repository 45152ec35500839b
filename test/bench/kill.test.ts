import assert from "node:assert/strict";
import {type ChildProcess, spawn} from "node:child_process";
import {mkdtemp, readdir, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import {readRun} from "../support/results.js";
import {good, serve, stream} from "./server.js";

/** Acceptance takes 50. */
const KILLS = Number(process.env.BENCHBOOK_KILLS ?? 10);
const REQUESTS = 4;
/** No process may finish more points than this, so that each kill hits an unfinished sweep. */
const POINTS_A_KILL = 2;
const POINTS = POINTS_A_KILL * KILLS + 1;

const root = fileURLToPath(new URL("../../", import.meta.url));

function startSweep(url: string, target: string): ChildProcess {
  const flags = [
    ["--base-url", url],
    ["--backend", "openai-chat"],
    ["--random-input-len", "4"],
    ["--random-output-len", "2"],
    ["--num-prompts", String(REQUESTS)],
    ["--max-concurrency", "2"],
    ["--repeats", String(POINTS)],
    ["--result-dir", target]
  ].flat();
  return spawn(
    process.execPath,
    ["--import", "tsx", "loaders/cli/bench.ts", ...flags, "--resume", "--quiet"],
    {cwd: root, stdio: "ignore"}
  );
}

function ended(child: ChildProcess): Promise<{code: number | null; signal: string | null}> {
  return new Promise((resolve) => child.once("exit", (code, signal) => resolve({code, signal})));
}

/** Every result in the folder by its name, as stored on disk. */
async function resultsIn(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json"));
  return new Map(
    await Promise.all(
      names.map(async (name): Promise<[string, string]> => [name, await readFile(join(folder, name), "utf8")])
    )
  );
}

async function pointsIn(folder: string, names: Iterable<string>): Promise<number[]> {
  const points: number[] = [];
  for (const name of names) {
    const {run} = await readRun(join(folder, name));
    assert.ok(run.complete, name);
    points.push(run.sweep?.point ?? NaN);
  }
  return points.sort((a, b) => a - b);
}

test("kill -9 at a random moment loses at most the point in progress, and --resume repeats no other", async (t) => {
  const target = await mkdtemp(join(tmpdir(), "kill-"));
  t.after(() => rm(target, {recursive: true}));
  let measured = 0;
  let onRequest = () => {};
  const server = await serve((response) => {
    measured++;
    setTimeout(() => stream(response).end(good), 5);
    onRequest();
  });
  let kept = new Map<string, string>();
  let within = 0;
  for (let kill = 1; kill <= KILLS; kill++) {
    const before = measured;
    const child = startSweep(server.url, target);
    const end = ended(child);
    // Alternately at a random request of the second point, with others in flight, and at a random moment after the
    // first request.
    const most = POINTS_A_KILL * REQUESTS;
    const last = kill % 2 === 0 ? most : most - Math.floor(Math.random() * REQUESTS);
    let timer: NodeJS.Timeout | undefined;
    onRequest = () => {
      if (measured - before >= last) child.kill("SIGKILL");
      else if (kill % 2 === 0) timer ??= setTimeout(() => child.kill("SIGKILL"), Math.random() * 500);
    };
    assert.deepEqual(await end, {code: null, signal: "SIGKILL"});
    clearTimeout(timer);

    const found = await resultsIn(target);
    for (const [name, text] of kept) assert.ok(found.get(name) === text, `${name} is gone or another`);
    const points = await pointsIn(target, found.keys());
    assert.deepEqual(points, [...new Set(points)]);
    const lost = measured - before - (found.size - kept.size) * REQUESTS;
    assert.ok(lost >= 0 && lost <= REQUESTS, `kill ${kill} lost ${lost} requests`);
    if (lost > 0) within++;
    kept = found;
  }
  t.diagnostic(
    `${within} of ${KILLS} kills hit within a point; ${kept.size} points were finished before them`
  );
  assert.ok(within >= KILLS / 2, `only ${within} of ${KILLS} kills hit within a point`);

  onRequest = () => {};
  const before = measured;
  assert.deepEqual(await ended(startSweep(server.url, target)), {code: 0, signal: null});
  const found = await resultsIn(target);
  for (const [name, text] of kept) assert.ok(found.get(name) === text, `${name} is gone or another`);
  assert.deepEqual(
    await pointsIn(target, found.keys()),
    Array.from({length: POINTS}, (_, point) => point)
  );
  assert.equal(measured - before, (POINTS - kept.size) * REQUESTS);
  assert.ok(measured <= (POINTS + KILLS) * REQUESTS, `${measured} requests for ${POINTS} points`);
});
