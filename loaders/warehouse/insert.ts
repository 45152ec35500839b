import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  VARCHAR
} from "@duckdb/node-api";

/** What DuckDB takes at once. */
const CHUNK_ROWS = 2048;

const types: Record<string, DuckDBType> = {VARCHAR, INTEGER, BIGINT, DOUBLE, BOOLEAN};

/** Fills a base table. */
export async function insert(
  connection: DuckDBConnection,
  table: string,
  rows: readonly DuckDBValue[][]
): Promise<void> {
  if (rows.length === 0) return;
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
