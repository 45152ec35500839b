import {createHash} from "node:crypto";
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {z} from "zod";
import {builtFixture, runFixture} from "../support/workspace.js";

export const expectedFolder = fileURLToPath(new URL("expected", import.meta.url));
/** Where a site that differs from the expected one is left. */
export const actualFolder = fileURLToPath(new URL("../../.benchbook/golden", import.meta.url));

/** No date of the day can get into the site unnoticed. */
export const clock = new URL("../support/fixed-clock.js", import.meta.url).href;

/** A page written by hand, the ledger, and one page of each generated kind. */
const pages = ["index.html", "claims.html", "series/own.html", "compare/bf16-vs-fp8.html"];

/** Texts by file name. */
export type Snapshot = Map<string, string>;

const fact = z.object({id: z.string(), text: z.string(), low: z.number(), high: z.number()});

/**
 * Builds the site of test/fixture; resolves to some of its pages, all facts and the names of all files, with a hash of
 * each that a page loads or offers.
 */
export async function buildGolden(): Promise<Snapshot> {
  const {code, stderr} = await runFixture("build", [], {NODE_OPTIONS: `--import ${clock}`});
  if (code !== 0) throw new Error(`The golden build failed.\n${stderr}`);
  return takeSnapshot(builtFixture());
}

/** Some pages of the built site of test/fixture, all its facts and the names of all files. */
export async function takeSnapshot(site: string): Promise<Snapshot> {
  const names = filesBelow(site);
  const read = (name: string) => readFileSync(join(site, name), "utf8");
  const snapshot: Snapshot = new Map();
  for (const name of pages) {
    const text = pageText(read(name));
    // Heads differ only in their paths.
    snapshot.set(name, name === "index.html" ? text : text.slice(text.indexOf("<main")));
  }
  const {stdout} = await runFixture("facts", ["--json"]);
  const facts = fact.array().parse(JSON.parse(stdout));
  snapshot.set("facts.txt", lines(facts.map(({id, text, low, high}) => [id, text, low, high].join("  "))));
  return snapshot.set("files.txt", lines(names.map((name) => `${withoutHash(name)}${digest(name, read)}`)));
}

/** A hash of what a script, style or download says; content hashes in it are taken out. */
function digest(name: string, read: (name: string) => string): string {
  if (!/\.(js|css|json|csv)$/.test(name)) return "";
  const text = withoutHash(read(name)).replace(/"lastModified":\d+,"size":\d+/g, "");
  return `  ${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
}

/** A page without content hashes; drawings and tables, one long line each, get one tag per line. */
function pageText(html: string): string {
  return withoutHash(html)
    .replace(/"lastModified":\d+,"size":\d+/g, '"lastModified":0,"size":0')
    .replace(/(?<=<\/(?:g|text|td|th|title)>)(?=<)/g, "\n");
}

function withoutHash(text: string): string {
  return text.replace(/\.[0-9a-f]{8}(?=\.(?:js|css|json|csv|duckdb|gz)\b)/g, "");
}

function lines(list: readonly string[]): string {
  return `${[...new Set(list)].sort().join("\n")}\n`;
}

/** The snapshot in a folder. */
export function readSnapshot(folder: string): Snapshot {
  return new Map(filesBelow(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** Replaces the snapshot in a folder. */
export function writeSnapshot(folder: string, snapshot: Snapshot): void {
  rmSync(folder, {recursive: true, force: true});
  for (const [name, text] of snapshot) {
    mkdirSync(dirname(join(folder, name)), {recursive: true});
    writeFileSync(join(folder, name), text);
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** The lines in which two texts differ, starting with the first. */
export function difference(expected: string, actual: string): string {
  const [before, after] = [expected.split("\n"), actual.split("\n")];
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1;
  const part = (list: string[], sign: string) =>
    list
      .slice(start, list.length - end)
      .slice(0, 12)
      .map((line) => `${sign} ${line.slice(0, 300)}`);
  return [`@ line ${start + 1}`, ...part(before, "-"), ...part(after, "+")].join("\n");
}
