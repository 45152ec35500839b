import type {DuckDBConnection} from "@duckdb/node-api";
import type {Fault} from "../errors/faults.js";
import {messageOf} from "../errors/message-of.js";
import {inOrder, mentioned} from "./lineage.js";
import {Pool} from "./pool.js";
import type {Query} from "./query.js";

/** The fate of a query: “skipped” if one that it reads was not created. */
type Outcome = "created" | "skipped" | Fault;

/**
 * Creates each query as soon as those that it reads exist, on all connections at once.
 * @returns a fault for each query that DuckDB refuses; `missing` are these and all that read them
 */
export async function createQueries(
  connections: readonly DuckDBConnection[],
  kind: "TABLE" | "VIEW",
  queries: readonly Query[]
): Promise<{faults: Fault[]; missing: ReadonlySet<string>}> {
  const pool = new Pool(connections);
  const outcomes = new Map<string, Promise<Outcome>>();
  const attempt = async ({name, file, sql}: Query, reads: readonly string[]): Promise<Outcome> => {
    const before = await Promise.all(reads.map((read) => outcomes.get(read)));
    const isSkipped = before.some((outcome) => outcome !== "created");
    const statement = `CREATE ${kind} ${name} AS ${sql}`;
    try {
      // A query that reads one at fault cannot run, but its own syntax can still be checked.
      if (isSkipped) await pool.use((connection) => connection.extractStatements(statement));
      else await pool.use((connection) => connection.run(statement));
      return isSkipped ? "skipped" : "created";
    } catch (error) {
      const message = messageOf(error);
      return {file, place: name, message: `${message} Correct the query.`};
    }
  };
  for (const query of inOrder(queries)) outcomes.set(query.name, attempt(query, mentioned(query, outcomes)));
  const settled = await Promise.all(
    Array.from(outcomes, async ([name, outcome]) => [name, await outcome] as const)
  );
  return {
    faults: settled.flatMap(([, outcome]) => (typeof outcome === "string" ? [] : [outcome])),
    missing: new Set(settled.flatMap(([name, outcome]) => (outcome === "created" ? [] : [name])))
  };
}
