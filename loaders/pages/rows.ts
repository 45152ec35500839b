import {readFileSync} from "node:fs";
import type {DuckDBConnection} from "@duckdb/node-api";
import type {z} from "zod";

/** The rows that a query of queries/ yields, which need not be facts. */
export async function rowsOf<T>(
  connection: DuckDBConnection,
  query: string,
  type: z.ZodType<T>
): Promise<T[]> {
  const sql = readFileSync(new URL(`queries/${query}.sql`, import.meta.url), "utf8");
  return type.array().parse((await connection.runAndReadAll(sql)).getRowObjectsJS());
}
