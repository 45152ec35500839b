import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {dirname, join, relative} from "node:path";
import {gzipSync} from "node:zlib";
import {readEvidence} from "./evidence/read.js";
import type {Evidence} from "./evidence/schema.js";
import {type Fact, readFacts} from "./facts/read.js";
import {stopOn} from "./faults.js";
import {placeDuckdbWasm} from "./pages/assets.js";
import {makeCatalogue} from "./pages/catalogue.js";
import {checkPage} from "./pages/check.js";
import {csv, printedValues} from "./pages/downloads.js";
import {makeReport} from "./pages/make.js";
import {paths} from "./paths.js";
import {buildWarehouse, type Warehouse} from "./warehouse/build.js";
import {type Query, readQueries} from "./warehouse/queries.js";

/** All that a build computes before a page is rendered. */
export interface Computed {
  evidence: Evidence;
  queries: Query[];
  facts: Map<string, Fact>;
  warehouse: Warehouse;
}

/**
 * The way of the data up to the facts: evidence, warehouse, facts.
 * @param path the DuckDB file to write; null computes in memory
 */
export async function compute(path: string | null): Promise<Computed> {
  const evidence = readEvidence(paths.data);
  const families = readQueries("facts");
  const queries = [...readQueries("warehouse/views"), ...families];
  const warehouse = await buildWarehouse(evidence, queries, path);
  return {evidence, queries, facts: await readFacts(warehouse.connection, families), warehouse};
}

/** Makes what the pages print, offer and load, and checks that the pages name nothing else. */
export async function makeSite(): Promise<Computed> {
  mkdirSync(paths.generated, {recursive: true});
  const wasm = placeDuckdbWasm();
  const file = join(paths.generated, "report.duckdb");
  const computed = await compute(file);
  const {evidence, queries, facts, warehouse} = computed;
  const report = await makeReport(evidence, facts, queries, warehouse.connection);
  const catalogue = await makeCatalogue(evidence, queries, facts, warehouse.connection);
  await warehouse.close();
  stopOn(
    pageFiles().flatMap((page) => checkPage(relative(paths.root, page), readFileSync(page, "utf8"), report))
  );

  const generated = {
    "report.duckdb.gz": gzipSync(readFileSync(file), {level: 9}),
    "catalogue.json": JSON.stringify(catalogue),
    "facts.json": JSON.stringify([...facts.values()], null, 1),
    "printed-values.csv": csv(printedValues(evidence)),
    "evidence.json": JSON.stringify(evidence, null, 1)
  };
  for (const [name, contents] of Object.entries(generated)) replace(join(paths.generated, name), contents);
  await wasm;
  for (const name of readdirSync(paths.generated)) utimesSync(join(paths.generated, name), 0, 0);
  replace(paths.report, JSON.stringify(report));
  return computed;
}

function pageFiles(): string[] {
  return readdirSync(paths.src)
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(paths.src, name));
}

/** Writes a file at once, so that a reader sees the old one or the new one. */
function replace(path: string, contents: string | Buffer): void {
  mkdirSync(dirname(path), {recursive: true});
  const temporary = `${path}.${process.pid}`;
  rmSync(temporary, {force: true});
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}
