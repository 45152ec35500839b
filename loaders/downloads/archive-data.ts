// A data loader for Framework: a zip archive of the files that pages offer or load, made from the evidence.
// It becomes src/benchbook/data.zip; a page attaches FileAttachment("benchbook/data/facts.json").

import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {zipSync} from "fflate";
import {stopOn} from "../errors/faults.js";
import {readPageQueries} from "../pages/page-queries.js";
import {readMarkdown} from "../pages/page-source.js";
import {paths} from "../paths.js";
import {compute} from "../site/compute.js";
import {readData} from "../site/read-data.js";
import {readAllQueries} from "../site/read-queries.js";
import {writeWarehouse} from "../warehouse/write-warehouse.js";
import {makeCatalogue} from "./catalogue.js";
import {csv, printedValues} from "./csv.js";

const {evidence, results} = await readData(paths.data);
const extra = readPageQueries(readMarkdown(paths.src));
const folder = mkdtempSync(join(tmpdir(), "benchbook-data-"));
try {
  const file = join(folder, "report.duckdb");
  // DuckDB answers the queries on one thread and checks the views of the file on another.
  const [{queries, facts, claims, faults, warehouse}] = await Promise.all([
    compute(evidence, results, {extra}),
    writeWarehouse(evidence, readAllQueries(paths.src, extra).queries, file, results)
  ]);
  stopOn(faults);
  const catalogue = await makeCatalogue(evidence, queries, facts, warehouse.connection);
  warehouse.close();
  const database = readFileSync(file);
  const text = (value: string) => new TextEncoder().encode(value);
  const archive = zipSync(
    {
      "report.duckdb": database,
      "report.duckdb.gz": gzipSync(database, {level: 9}),
      "catalogue.json.gz": gzipSync(JSON.stringify(catalogue), {level: 9}),
      "facts.json": text(JSON.stringify([...facts.values()], null, 1)),
      "claims.json": text(JSON.stringify(claims, null, 1)),
      "printed-values.csv": text(csv(printedValues(evidence))),
      "evidence.json": text(JSON.stringify(evidence, null, 1))
    },
    {level: 0}
  );
  process.stdout.write(archive);
} finally {
  rmSync(folder, {recursive: true, force: true});
}
