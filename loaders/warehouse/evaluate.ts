import {type DuckDBConnection, DuckDBInstance} from "@duckdb/node-api";
import type {Fault} from "../errors/faults.js";
import type {Evidence} from "../evidence/schema.js";
import type {Result} from "../results/filed-result.js";
import {createTables, fillTables} from "./base-tables.js";
import {createQueries} from "./create-queries.js";
import {insert} from "./insert.js";
import type {LiveBuild} from "./live-build.js";
import type {Query} from "./query.js";

/** A warehouse in memory, in which every query is a table with its result. */
export interface Warehouse {
  connection: DuckDBConnection;
  /** One fault for each query that DuckDB refuses. */
  faults: Fault[];
  /** The queries without a table: those refused, and those that read them. */
  missing: ReadonlySet<string>;
  close(): void;
}

/**
 * Runs every query on the evidence once, in memory. A query that reads others reads their results.
 * @param live what the pages of live series say about the build
 */
export async function evaluate(
  evidence: Evidence,
  queries: readonly Query[],
  results: readonly Result[] = [],
  live: readonly LiveBuild[] = []
): Promise<Warehouse> {
  const instance = await DuckDBInstance.create(":memory:", {threads: "1"});
  const [connection, second] = await Promise.all([instance.connect(), instance.connect()]);
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    await fillTables(connection, evidence, results);
    await insert(
      connection,
      "live_build",
      live.map((build) => ({...build}))
    );
    // The tables are small: optimising a query takes longer than running it as written.
    for (const each of [connection, second]) await each.run("PRAGMA disable_optimizer");
    const created = await createQueries([connection, second], "TABLE", queries);
    second.closeSync();
    return {connection, close, ...created};
  } catch (error) {
    close();
    throw error;
  }
}

/** A fault for each query that DuckDB refuses whatever the evidence: an unknown name, or a syntax error. */
export async function queryFaults(queries: readonly Query[]): Promise<Fault[]> {
  const instance = await DuckDBInstance.create(":memory:", {threads: "1"});
  const connection = await instance.connect();
  try {
    await createTables(connection);
    return (await createQueries([connection], "VIEW", queries)).faults;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
