// Makes all that the pages print, offer and load.

import {createHash} from "node:crypto";
import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {gzipSync} from "node:zlib";
import {compute} from "./compute.js";
import {stopOn} from "./errors/faults.js";
import {faultsBesideEvidence, faultsBesideQueries} from "./inspect.js";
import {staleSeries} from "./measure/live-series.js";
import {placeDuckdbWasm} from "./pages/assets.js";
import {makeCatalogue} from "./pages/catalogue.js";
import {checkPages} from "./pages/check.js";
import {csv, printedValues} from "./pages/downloads.js";
import {makeReport} from "./pages/make.js";
import {readPages} from "./pages/read.js";
import {makeSeriesPages} from "./pages/series/make.js";
import {writePages} from "./pages/series/write.js";
import {paths} from "./paths.js";
import {inspectData} from "./read-data.js";
import {writeWarehouse} from "./warehouse/write-warehouse.js";

/**
 * Makes what the pages print, checks that they name nothing else, and then makes what they offer and load.
 * @param onPrinted called when what the pages print is there, with the number of facts
 * @param measured the live series that were measured for it
 */
export async function makeSite(
  onPrinted: (facts: number) => void = () => {},
  measured: readonly string[] = []
): Promise<void> {
  mkdirSync(paths.generated, {recursive: true});
  const wasm = placeDuckdbWasm();
  const {evidence, results, faults} = await inspectData(paths.data);
  if (faults.length > 0) stopOn([...faults, ...(await faultsBesideEvidence())]);
  const computed = await compute(evidence, results);
  if (computed.faults.length > 0)
    stopOn([...computed.faults, ...computed.claimFaults, ...faultsBesideQueries(computed)]);
  const {queries, facts, claims, claimFaults, warehouse} = computed;
  const {report, faults: undrawn} = await makeReport(evidence, facts, claims, queries, warehouse.connection);
  const series = await makeSeriesPages(evidence, facts, warehouse.connection, {
    now: new Date(),
    measured,
    stale: staleSeries(evidence, results)
  });
  Object.assign(report.figures, series.figures);
  Object.assign(report.tables, series.tables);
  stopOn([...claimFaults, ...undrawn, ...series.faults, ...checkPages(report, readPages())]);
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
