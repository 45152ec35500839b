import {createHash} from "node:crypto";
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {dirname, extname, join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import {gunzipSync} from "node:zlib";
import {DuckDBInstance} from "@duckdb/node-api";
import {makeWorkspace} from "../support/workspace.js";

export const folders = {
  data: fileURLToPath(new URL("data", import.meta.url)),
  expected: fileURLToPath(new URL("expected", import.meta.url)),
  actual: fileURLToPath(new URL("../../.benchbook/golden", import.meta.url))
};

const clock = fileURLToPath(new URL("../support/fixed-clock.js", import.meta.url));

/** Text that is kept whole; of larger JSON, scripts and packages the hash is enough. */
const kept = new Set([".html", ".css", ".csv"]);
const HASHED = "hashes.txt";
const DATABASE = "report.duckdb.txt";

/** Files by name, as compared: content hashes taken out of names and text. */
export type Snapshot = Map<string, string>;

/** Builds the site from the golden evidence with the clock fixed, in a copy of the working tree. */
export async function buildGolden(): Promise<Snapshot> {
  const workspace = makeWorkspace();
  try {
    const {code, stderr} = await workspace.run("build", [], {
      BENCHBOOK_DATA: folders.data,
      NODE_OPTIONS: `--import ${pathToFileURL(clock)}`
    });
    if (code !== 0) throw new Error(`The golden build failed.\n${stderr}`);
    return await takeSnapshot(workspace.path("dist"));
  } finally {
    workspace.remove();
  }
}

async function takeSnapshot(folder: string): Promise<Snapshot> {
  const snapshot: Snapshot = new Map();
  const hashes: string[] = [];
  for (const name of filesBelow(folder)) {
    const file = join(folder, name);
    const plain = withoutHashes(name);
    if (/\.duckdb$/.test(plain)) {
      snapshot.set(DATABASE, await describeDatabase(file));
    } else if (/\.duckdb\.gz$/.test(plain)) {
      hashes.push(`${plain}  the database, gzipped`);
    } else if (/\.gz$/.test(plain)) {
      hashes.push(`${plain}  ${hash(gunzipSync(readFileSync(file)))}`);
    } else {
      const text = withoutHashes(readFileSync(file, "utf8"));
      if (kept.has(extname(plain))) snapshot.set(plain, lines(text));
      else hashes.push(`${plain}  ${text.length} characters, ${hash(text)}`);
    }
  }
  return snapshot.set(HASHED, `${hashes.sort().join("\n")}\n`);
}

/** A content hash in a name, and the size and date of the database, whose bytes differ from build to build. */
function withoutHashes(text: string): string {
  return text
    .replace(/\.[0-9a-f]{8}(?=\.(?:js|css|json|csv|duckdb|gz)\b)/g, "")
    .replace(/"lastModified":\d+,"size":\d+/g, '"lastModified":0,"size":0');
}

/** One tag a line where drawings and tables are one long line, so that a difference can be read. */
function lines(text: string): string {
  return text.replace(/(?<=<\/(?:g|text|td|th|title)>)(?=<)/g, "\n");
}

function hash(contents: string | Uint8Array): string {
  return createHash("sha256").update(contents).digest("hex").slice(0, 16);
}

/** Numbers to twelve digits: the last bits of a sum depend on the order in which rows come. */
function digits(_: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(12)) : value;
}

/** What a database holds: each table and view with its columns, the number of its rows and their hash. */
async function describeDatabase(path: string): Promise<string> {
  const instance = await DuckDBInstance.create(path, {access_mode: "READ_ONLY"});
  const connection = await instance.connect();
  const rowsOf = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  const described: string[] = [];
  const names = await rowsOf(
    "SELECT table_name AS name, table_type AS type FROM information_schema.tables ORDER BY ALL"
  );
  for (const {name, type} of names) {
    const rows = (await rowsOf(`FROM ${name}`)).map((row) => JSON.stringify(row, digits)).sort();
    const columns = await rowsOf(`SELECT column_name AS name, column_type AS type FROM (DESCRIBE ${name})`);
    described.push(
      `${type} ${name} (${columns.map((column) => `${column.name} ${column.type}`).join(", ")})`,
      `  ${rows.length} rows, ${hash(rows.join("\n"))}`
    );
  }
  connection.closeSync();
  instance.closeSync();
  return `${described.join("\n")}\n`;
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

/** The lines in which two texts differ, from the first on, with one line before. */
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
