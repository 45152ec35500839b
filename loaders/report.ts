import {createHash} from "node:crypto";
import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {gzipSync} from "node:zlib";
import {claimView, type JudgedClaim, judge} from "./claims/read.js";
import type {Evidence} from "./evidence/schema.js";
import {texts} from "./evidence/texts.js";
import {type Fact, readFacts} from "./facts/read.js";
import {type Fault, stopOn} from "./faults.js";
import {placeDuckdbWasm} from "./pages/assets.js";
import {makeCatalogue} from "./pages/catalogue.js";
import {checkPages} from "./pages/check.js";
import {csv, printedValues} from "./pages/downloads.js";
import {makeReport} from "./pages/make.js";
import {readPages} from "./pages/read.js";
import {makeSeriesPages} from "./pages/series/make.js";
import {writePages} from "./pages/series/write.js";
import {paths} from "./paths.js";
import {readData} from "./results/data.js";
import type {Result} from "./results/result.js";
import {evaluate, type Warehouse, writeWarehouse} from "./warehouse/build.js";
import {type Query, readQueries} from "./warehouse/queries.js";

/** All that a build computes before a page is rendered. */
export interface Computed {
  evidence: Evidence;
  queries: Query[];
  facts: Map<string, Fact>;
  claims: JudgedClaim[];
  /** Claims judged other than on record, and the like; a build stops on them. */
  claimFaults: Fault[];
  warehouse: Warehouse;
}

/** The way of the data up to the claims: evidence, warehouse, facts, claims. The caller closes the warehouse. */
export async function compute(evidence: Evidence, results: readonly Result[] = []): Promise<Computed> {
  const queries = readAllQueries();
  const families = queries.filter(({file}) => file.startsWith("facts/"));
  const predicates = queries.filter(({file}) => file.startsWith("claims/"));
  const warehouse = await evaluate(evidence, queries, results);
  const {connection} = warehouse;
  const facts = await readFacts(connection, families);
  const {claims, faults} = await judge(connection, evidence.claims, predicates, facts, texts(evidence));
  return {evidence, queries, facts, claims, claimFaults: faults, warehouse};
}

function readAllQueries(): Query[] {
  return [
    ...readQueries("warehouse/views"),
    ...readQueries("facts"),
    ...readQueries("claims").map((query) => ({...query, name: claimView(query.name)}))
  ];
}

/**
 * Makes what the pages print, checks that they name nothing else, and then makes what they offer and load.
 * @param onPrinted called when what the pages print is there, with the number of facts
 */
export async function makeSite(onPrinted: (facts: number) => void = () => {}): Promise<void> {
  mkdirSync(paths.generated, {recursive: true});
  const wasm = placeDuckdbWasm();
  const {evidence: read, results} = await readData(paths.data);
  const {evidence, queries, facts, claims, claimFaults, warehouse} = await compute(read, results);
  const report = await makeReport(evidence, facts, claims, queries, warehouse.connection);
  const series = await makeSeriesPages(evidence, facts, warehouse.connection);
  Object.assign(report.figures, series.figures);
  Object.assign(report.tables, series.tables);
  stopOn([...claimFaults, ...checkPages(report, readPages())]);
  replace(paths.report, JSON.stringify(report));
  writePages(paths.src, series.pages);
  onPrinted(facts.size);

  const catalogue = await makeCatalogue(evidence, queries, facts, warehouse.connection);
  warehouse.close();
  const file = join(dirname(paths.report), "report.duckdb");
  await writeWarehouse(evidence, queries, file, results);
  const database = readFileSync(file);
  const generated = {
    "report.duckdb": database,
    "report.duckdb.gz": gzipSync(database, {level: 9}),
    "catalogue.json.gz": gzipSync(JSON.stringify(catalogue), {level: 9}),
    "facts.json": JSON.stringify([...facts.values()], null, 1),
    "claims.json": JSON.stringify(claims, null, 1),
    "printed-values.csv": csv(printedValues(evidence)),
    "evidence.json": JSON.stringify(evidence, null, 1)
  };
  for (const [name, contents] of Object.entries(generated)) replace(join(paths.generated, name), contents);
  await wasm;
  for (const name of readdirSync(paths.generated)) dateByContents(join(paths.generated, name));
}

/**
 * Gives a file a date that follows from what it holds: Framework writes the date into the pages, which
 * must not change from build to build, and tells by it whether a file changed.
 */
function dateByContents(path: string): void {
  const seconds = createHash("sha256").update(readFileSync(path)).digest().readUInt32BE() >>> 4;
  utimesSync(path, seconds, seconds);
}

/** Writes a file at once, so that a reader sees the old one or the new one. */
function replace(path: string, contents: string | Buffer): void {
  mkdirSync(dirname(path), {recursive: true});
  const temporary = `${path}.${process.pid}`;
  rmSync(temporary, {force: true});
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}
