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

/** A row of a base table: one value for each column. */
export type Row = Readonly<Record<string, DuckDBValue>>;

/** The most rows in a DuckDB data chunk. */
const CHUNK_ROWS = 2048;

const types: Record<string, DuckDBType> = {VARCHAR, INTEGER, BIGINT, DOUBLE, BOOLEAN};

/**
 * Fills a base table.
 * @throws Error if a row lacks a column of the table, or has an unknown one
 */
export async function insert(
  connection: DuckDBConnection,
  table: string,
  rows: readonly Row[]
): Promise<void> {
  if (rows.length === 0) return;
  const described = (await connection.runAndReadAll(`DESCRIBE ${table}`)).getRowObjectsJS();
  const columns = described.map(({column_name}) => String(column_name));
  const values = rows.map((row) => inColumns(table, columns, row));
  const appender = await connection.createAppender(table);
  for (let start = 0; start < values.length; start += CHUNK_ROWS) {
    const chunk = DuckDBDataChunk.create(
      described.map(({column_type}) => types[String(column_type)] ?? VARCHAR)
    );
    chunk.setRows(values.slice(start, start + CHUNK_ROWS));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function inColumns(table: string, columns: readonly string[], row: Row): DuckDBValue[] {
  const extra = Object.keys(row).filter((name) => !columns.includes(name));
  if (extra.length > 0)
    throw new Error(`the table ${table} has no column ${extra.join(", ")}. Correct its rows or its schema.`);
  return columns.map((name) => {
    const value = row[name];
    if (value === undefined)
      throw new Error(`a row of ${table} lacks the column ${name}. Add it, as null if it is unknown.`);
    return value;
  });
}
