import {existsSync, mkdirSync, renameSync, rmSync} from "node:fs";
import {join} from "node:path";
import {finishPages} from "../pages/finish.js";
import {paths} from "../paths.js";
import {makeSite} from "../report.js";
import {startBuild} from "./framework.js";
import {run} from "./run.js";

const help = `Usage: npm run build [-- --verbose]

Builds the report into dist/: evidence (data/) → report.duckdb → facts → pages. Needs no network.
If anything is wrong, every fault is listed and dist/ stays as it was.

  --verbose  print what Observable Framework prints
  --help     print this`;

await run(help, {verbose: {type: "boolean"}}, async ({verbose = false}) => {
  const start = performance.now();
  const progress = (text: string) =>
    console.error(`${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s  ${text}`);
  progress("evidence, warehouse, facts …");
  const output = join(paths.root, ".benchbook/dist");
  rmSync(output, {recursive: true, force: true});
  const pages = startBuild(output, verbose);
  try {
    const {facts, evidence} = await makeSite();
    progress(
      `${facts.size} facts from ${evidence.tables.length} tables of ${evidence.series.length} series; pages …`
    );
    await pages.build();
  } finally {
    pages.stop();
  }
  finishPages(output);
  swap(output, paths.dist);
  progress("done: dist/ (see it with npm run preview)");
});

/** Puts a finished folder where the old one was. */
function swap(from: string, to: string): void {
  const old = `${from}-old`;
  rmSync(old, {recursive: true, force: true});
  mkdirSync(join(from, ".."), {recursive: true});
  if (existsSync(to)) renameSync(to, old);
  renameSync(from, to);
  rmSync(old, {recursive: true, force: true});
}
