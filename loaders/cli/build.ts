import {existsSync, mkdirSync, renameSync, rmSync} from "node:fs";
import {join} from "node:path";
import {paths} from "../paths.js";
import {startBuild} from "./framework.js";
import {run} from "./run.js";

const help = `Usage: npm run build [-- --verbose]

Builds the report into dist/: evidence (data/) → report.duckdb → facts → pages. Needs no network.
If anything is wrong, every fault is listed and dist/ stays as it was.

With VLLM_BASE_URL set, live series that have no cached results are measured first.

  --verbose  print what Observable Framework prints
  --help     print this`;

await run(help, {verbose: {type: "boolean"}}, async ({verbose = false}) => {
  const start = performance.now();
  const progress = (text: string) =>
    console.error(`${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s  ${text}`);
  await measureMissing();
  progress("evidence, warehouse, facts …");
  const output = join(paths.root, ".benchbook/dist");
  rmSync(output, {recursive: true, force: true});
  const pages = startBuild(output, verbose);
  try {
    // The other process loads Framework meanwhile: nothing heavy is loaded before it has started.
    const {updateSite} = await import("../site.js");
    const report = await updateSite();
    progress(
      `${Object.keys(report.facts).length} facts, ${Object.keys(report.claims).length} claims; pages …`
    );
    await pages.build();
    const {finishPages} = await import("../pages/finish.js");
    finishPages(output, report);
  } finally {
    pages.stop();
  }
  swap(output, paths.dist);
  progress("done: dist/ (see it with npm run preview)");
});

/** Measures live series that have no cache yet, if a host is named; npm run refresh measures the others. */
async function measureMissing(): Promise<void> {
  const url = process.env.VLLM_BASE_URL;
  if (!url) return;
  const {readEvidence} = await import("../evidence/read.js");
  const {isCached, liveSeries, measureLive} = await import("../results/live.js");
  const {liveEffects} = await import("./live-effects.js");
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
