import type {CatalogueFact} from "./catalogue.js";
import {connect} from "./duckdb.js";
import {formatValue} from "./format.js";

/** The browser's own result for a fact. */
export interface Recomputed {
  value: number;
  low: number;
  high: number;
  text: string;
  /** Whether value, interval and printed text match the build's. */
  agrees: boolean;
}

/** Runs the fact's own query. Rejects if it fails or does not yield exactly one row. */
export async function recompute(fact: CatalogueFact): Promise<Recomputed> {
  const connection = await connect();
  const rows = (await connection.query(fact.sql)).toArray();
  const [row] = rows;
  if (rows.length !== 1 || !row) throw new Error(`The query yields ${rows.length} rows instead of one.`);
  return compare(fact, row.toJSON());
}

/** Compares a fact with a row of its family. */
export function compare(fact: CatalogueFact, row: Record<string, unknown>): Recomputed {
  const [value, low, high] = [Number(row.value), Number(row.low), Number(row.high)];
  const text = formatValue(value, fact.format);
  const agrees =
    text === fact.text && close(value, fact.value) && close(low, fact.low) && close(high, fact.high);
  return {value, low, high, text, agrees};
}

/** Equal except for the last bits, which two builds of DuckDB may round differently. */
function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a), Math.abs(b));
}
