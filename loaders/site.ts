import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {stopOn} from "./faults.js";
import {checkPages} from "./pages/check.js";
import {readPages, readReport} from "./pages/read.js";
import type {Report} from "./pages/report.js";
import {paths} from "./paths.js";

/** What the report is made from. Prose is not among it. */
const inputs = ["package.json", "loaders", "src/format.ts", "src/figures", "src/components"];
const outputs = ["src/generated", "src/series", "src/compare"];
const stamp = join(paths.root, ".benchbook/made");

/**
 * Makes the report and checks the pages against it. Where all that it is made from, and all that was made,
 * is as it was, only the pages are checked.
 * @throws FaultsError naming every fault of the evidence, the claims and the pages
 */
export async function updateSite(): Promise<Report> {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint()) {
    const report = readReport();
    stopOn(checkPages(report, readPages()));
    return report;
  }
  rmSync(stamp, {force: true});
  const {makeSite} = await import("./report.js");
  await makeSite();
  writeFileSync(stamp, fingerprint());
  return readReport();
}

/** A hash of the names and contents of all files that the report is made from or consists of. */
function fingerprint(): string {
  const hash = createHash("sha256").update(process.version);
  for (const folder of [
    paths.data,
    ...[...inputs, ...outputs].map((name) => join(paths.root, name)),
    paths.report
  ]) {
    for (const file of filesOf(folder)) hash.update(`\n${file}\n`).update(readFileSync(file));
  }
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
