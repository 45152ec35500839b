import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {cellsOf} from "../cells/cell.js";
import {engine, paths} from "../paths.js";
import {LIVE_FOLDER} from "../results/filed-result.js";

/** The inputs of the computation besides the pages: evidence, code, queries, but no prose. */
const folders = [
  paths.data,
  engine,
  ...["queries", "claims", "figures", "explorables"].map((name) => join(paths.src, name)),
  join(paths.root, "observablehq.config.ts")
];

/**
 * A hash of all inputs of the report: while it stays the same, so do facts and cells.
 * @param markdown the pages; only their queries count
 * @param words other inputs
 */
export function hashOfInputs(markdown: ReadonlyMap<string, string>, words: readonly string[] = []): string {
  const queries = [...markdown].flatMap(([page, source]) =>
    cellsOf({page, source, file: `${page}.md`})
      .filter(({kind, name}) => kind === "sql" && name !== "")
      .map(({name, body, line}) => `${page} ${line} ${name}\n${body}`)
  );
  return hashOf(folders, [ageOf(paths.data), ...words, ...queries]);
}

/** Today, if pages say how old a measurement is; empty if none does. */
function ageOf(data: string): string {
  const series = existsSync(join(data, "results")) ? readdirSync(join(data, "results")) : [];
  const isLive = series.some((id) => existsSync(join(data, "results", id, LIVE_FOLDER)));
  return isLive ? new Date().toISOString().slice(0, 10) : "";
}

/** A hash of files, of all files in folders, and of some words. */
export function hashOf(files: readonly string[], words: readonly string[] = []): string {
  const hash = createHash("sha256").update([process.version, ...words].join("\n"));
  for (const file of files.flatMap(filesOf)) hash.update(`\n${file}\n`).update(readFileSync(file));
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
