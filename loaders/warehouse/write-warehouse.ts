import {rmSync} from "node:fs";
import {DuckDBInstance} from "@duckdb/node-api";
import {stopOn} from "../errors/faults.js";
import type {Evidence} from "../evidence/schema.js";
import type {Result} from "../results/filed-result.js";
import {fillTables} from "./base-tables.js";
import {createQueries} from "./create-queries.js";
import type {Query} from "./query.js";

/** Small blocks keep the file small: the evidence of a report takes a few kilobytes. */
const BLOCK_SIZE = 16384;

/**
 * Writes the DuckDB file that the site ships: the evidence, the macros, and the queries as views.
 * @param path the file to write, replaced if it exists
 */
export async function writeWarehouse(
  evidence: Evidence,
  queries: readonly Query[],
  path: string,
  results: readonly Result[] = []
): Promise<void> {
  rmSync(path, {force: true});
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(`ATTACH '${path.replaceAll("'", "''")}' AS report (BLOCK_SIZE ${BLOCK_SIZE})`);
    await connection.run("USE report");
    await fillTables(connection, evidence, results);
    stopOn((await createQueries([connection], "VIEW", queries)).faults);
    await connection.run("CHECKPOINT report");
    await connection.run("USE memory");
    await connection.run("DETACH report");
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
