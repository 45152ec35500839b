import {readFileSync} from "node:fs";
import type {DuckDBConnection} from "@duckdb/node-api";
import type {Evidence} from "../evidence/schema.js";
import type {Result} from "../results/filed-result.js";
import {evidenceRows} from "./evidence-rows.js";
import {insert} from "./insert.js";
import {resultRows} from "./result-rows.js";
import {runSettings} from "./run-settings.js";

/** Creates the base tables and the macros, and fills the tables. */
export async function fillTables(
  connection: DuckDBConnection,
  evidence: Evidence,
  results: readonly Result[]
): Promise<void> {
  await createTables(connection);
  for (const [table, rows] of [...evidenceRows(evidence), ...resultRows(results)])
    await insert(connection, table, rows);
  await insert(connection, "run_setting", results.flatMap(runSettings));
}

/** Creates the base tables, empty, and the macros. */
export async function createTables(connection: DuckDBConnection): Promise<void> {
  for (const file of ["schema.sql", "results.sql", "macros.sql"]) {
    await connection.run(readFileSync(new URL(file, import.meta.url), "utf8"));
  }
}
