import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {stopOn} from "./errors/faults.js";
import {checkPages} from "./pages/check.js";
import {readPages, readReport} from "./pages/read.js";
import type {Report} from "./pages/report.js";
import {paths} from "./paths.js";
import {placeSources} from "./place.js";
import {LIVE_FOLDER} from "./results/filed-result.js";

/** What the report is made from. Prose is not among it. */
const madeFrom = ["package.json", "loaders", "src/figures", "src/explorables"];
const made = ["src/generated", "src/series", "src/compare"];
const stamp = join(paths.root, ".benchbook/made");

/**
 * Makes the report and checks the pages against it. Where all that it is made from, and all that was made,
 * is as it was, only the pages are checked.
 * @param onPrinted called when what the pages print is there, before what they offer and load
 * @param measured the live series that were measured for it: their pages say so
 * @throws FaultsError naming every fault of the evidence, the claims and the pages
 */
export async function updateSite(
  onPrinted?: (facts: number) => void,
  measured: readonly string[] = []
): Promise<Report> {
  placeSources(paths.src);
  const files = [paths.data, ...madeFrom.map((name) => join(paths.root, name))];
  const inputs = hashOf(files, [...measured, ageOf(paths.data)]);
  const [earlier, outputs] = existsSync(stamp) ? readFileSync(stamp, "utf8").split(" ") : [];
  if (inputs === earlier && hashOfOutputs() === outputs) {
    const report = readReport();
    stopOn(checkPages(report, readPages()));
    onPrinted?.(Object.keys(report.facts).length);
    return report;
  }
  rmSync(stamp, {force: true});
  const {makeSite} = await import("./report.js");
  await makeSite(onPrinted, measured);
  // What was read may have changed meanwhile: the inputs are those from before.
  writeFileSync(stamp, `${inputs} ${hashOfOutputs()}`);
  return readReport();
}

function hashOfOutputs(): string {
  return hashOf([paths.report, ...made.map((name) => join(paths.root, name))]);
}

/** The day, where pages say how old a measurement is; empty where none does. */
function ageOf(data: string): string {
  const series = existsSync(join(data, "results")) ? readdirSync(join(data, "results")) : [];
  const isLive = series.some((id) => existsSync(join(data, "results", id, LIVE_FOLDER)));
  return isLive ? new Date().toISOString().slice(0, 10) : "";
}

/** A hash of the names and contents of all files in some folders, and of some words. */
function hashOf(folders: readonly string[], words: readonly string[] = []): string {
  const hash = createHash("sha256").update([process.version, ...words].join("\n"));
  for (const file of folders.flatMap(filesOf)) hash.update(`\n${file}\n`).update(readFileSync(file));
  return hash.digest("hex");
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, {recursive: true, withFileTypes: true});
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
