import {existsSync, mkdirSync, renameSync, rmSync} from "node:fs";
import {join} from "node:path";
import {paths} from "../paths.js";
import {startBuild} from "./framework.js";

/**
 * Builds the site into dist/, which stays as it was if anything is wrong. Progress is on stderr.
 * @param measured the live series that were measured for it: their pages say so
 * @throws FaultsError naming every fault
 */
export async function buildSite(measured: readonly string[], verbose: boolean): Promise<void> {
  const start = performance.now();
  const progress = (text: string) =>
    console.error(`${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s  ${text}`);
  progress("evidence, warehouse, facts …");
  const output = join(paths.root, ".benchbook/dist");
  rmSync(output, {recursive: true, force: true});
  const pages = startBuild(output, verbose);
  try {
    // The other process loads Framework meanwhile: nothing heavy is loaded before it has started.
    const {updateSite} = await import("../site.js");
    const report = await updateSite(undefined, measured);
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
