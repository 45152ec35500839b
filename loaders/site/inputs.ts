import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {cellsOf} from "../cells/cell.js";
import {engine, paths} from "../paths.js";
import {LIVE_FOLDER} from "../results/filed-result.js";

/** What is computed from, besides the pages: evidence, code, queries. Prose is not among it. */
const folders = [
  paths.data,
  engine,
  ...["queries", "claims", "figures", "explorables"].map((name) => join(paths.src, name)),
  join(paths.root, "observablehq.config.ts")
];

/**
 * A hash of all that the report is computed from: when it is the same, so are the facts and the cells.
 * @param markdown the pages, whose queries count
 * @param words what else counts
 */
export function hashOfInputs(markdown: ReadonlyMap<string, string>, words: readonly string[] = []): string {
  const queries = [...markdown].flatMap(([page, source]) =>
    cellsOf({page, source, file: `${page}.md`})
      .filter(({kind, name}) => kind === "sql" && name !== "")
      .map(({name, body, line}) => `${page} ${line} ${name}\n${body}`)
  );
  return hashOf(folders, [ageOf(paths.data), ...words, ...queries]);
}

/** The day, where pages say how old a measurement is; empty where none does. */
function ageOf(data: string): string {
  const series = existsSync(join(data, "results")) ? readdirSync(join(data, "results")) : [];
  const isLive = series.some((id) => existsSync(join(data, "results", id, LIVE_FOLDER)));
  return isLive ? new Date().toISOString().slice(0, 10) : "";
}

/** A hash of the names and contents of all files in some folders, and of some words. */
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
