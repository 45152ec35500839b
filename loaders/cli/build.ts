import {spawnSync} from "node:child_process";
import {existsSync, mkdirSync, renameSync, rmSync} from "node:fs";
import {join} from "node:path";
import {readEvidence} from "../evidence/read.js";
import {finishPages} from "../pages/finish.js";
import {paths} from "../paths.js";
import {makeSite} from "../report.js";
import {isCached, liveSeries, measureLive} from "../results/live.js";
import {framework} from "./framework.js";
import {liveEffects} from "./live-effects.js";
import {run} from "./run.js";

const help = `Usage: npm run build [-- --verbose]

Builds the report into dist/: evidence (data/) → report.duckdb → facts → pages. Needs no network.
If anything is wrong, every fault is listed and dist/ stays as it was.

With VLLM_BASE_URL set, live series that have no cached results are measured first.

  --verbose  print what Observable Framework prints
  --help     print this`;

await run(help, {verbose: {type: "boolean"}}, async ({verbose}) => {
  const start = performance.now();
  const progress = (text: string) =>
    console.error(`${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s  ${text}`);
  await measureMissing();
  progress("evidence, warehouse, facts …");
  const {facts, evidence} = await makeSite();
  progress(
    `${facts.size} facts from ${evidence.tables.length} tables of ${evidence.series.length} series; pages …`
  );

  const output = join(paths.root, ".benchbook/dist");
  rmSync(output, {recursive: true, force: true});
  const {command, args, options} = framework(["build"], {BENCHBOOK_OUTPUT: output});
  const result = spawnSync(command, args, {
    ...options,
    stdio: ["ignore", verbose ? 2 : "pipe", verbose ? 2 : "pipe"],
    encoding: "utf8"
  });
  if (result.status !== 0) {
    const details = [result.stdout, result.stderr].filter(Boolean).join("\n").trim();
    throw new Error(`Observable Framework could not build the pages. Correct what it names.\n${details}`);
  }
  finishPages(output);
  swap(output, paths.dist);
  progress("done: dist/ (see it with npm run preview)");
});

/** Measures live series that have no cache yet, if a host is named; npm run refresh measures the others. */
async function measureMissing(): Promise<void> {
  const url = process.env.VLLM_BASE_URL;
  if (!url) return;
  const missing = liveSeries(readEvidence(paths.data)).filter((card) => !isCached(paths.data, card));
  for (const card of missing) await measureLive(paths.data, card, url, liveEffects());
}

/** Puts a finished folder where the old one was. */
function swap(from: string, to: string): void {
  const old = `${from}-old`;
  rmSync(old, {recursive: true, force: true});
  mkdirSync(join(from, ".."), {recursive: true});
  if (existsSync(to)) renameSync(to, old);
  renameSync(from, to);
  rmSync(old, {recursive: true, force: true});
}
