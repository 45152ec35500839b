import type {DuckDBConnection} from "@duckdb/node-api";
import type {z} from "zod";

/** The rows of a query, which need not be facts. */
export async function rowsOf<T>(
  connection: DuckDBConnection,
  query: string,
  type: z.ZodType<T>
): Promise<T[]> {
  return type.array().parse((await connection.runAndReadAll(`FROM ${query}`)).getRowObjectsJS());
}
