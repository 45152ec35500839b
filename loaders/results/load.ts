import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  INTEGER,
  VARCHAR
} from "@duckdb/node-api";
import type {Result} from "./result.js";
import {resultRows} from "./rows.js";

/** What DuckDB takes at once. */
const CHUNK_ROWS = 2048;

const types: Record<string, DuckDBType> = {VARCHAR, INTEGER, BIGINT, DOUBLE, BOOLEAN};

/** Fills the tables of results.sql, which must be there. */
export async function loadResults(connection: DuckDBConnection, results: readonly Result[]): Promise<void> {
  if (results.length === 0) return;
  for (const [table, rows] of resultRows(results)) {
    const described = await connection.runAndReadAll(`DESCRIBE ${table}`);
    const columns = described.getRowObjectsJS().map(({column_type}) => types[String(column_type)] ?? VARCHAR);
    const appender = await connection.createAppender(table);
    for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
      const chunk = DuckDBDataChunk.create(columns);
      chunk.setRows(rows.slice(start, start + CHUNK_ROWS));
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
  }
}
