import type {Where} from "./declaration.js";

export type Value = string | number | boolean | null;

/**
 * A row of a query, or of a family of facts: its keys, `id`, `value`, `low`, `high`, `unit`, `text`,
 * `interval_text`, and the `label` of its series.
 */
export type Row = Readonly<Record<string, Value>>;

/** Resolves to the rows of a query or a family; rejects if neither has this name. */
export type RowsOf = (name: string) => Promise<readonly Row[]>;

/** The rows with these values; where a column may have several, in the order given. */
export function select(rows: readonly Row[], where: Where = {}): Row[] {
  return Object.entries(where).reduceRight<Row[]>(
    (left, [column, asked]) => {
      const values = (Array.isArray(asked) ? asked : [asked]).map(String);
      return values.flatMap((value) => left.filter((row) => String(row[column]) === value));
    },
    [...rows]
  );
}

/** The distinct combinations of values in some columns, numbers in ascending order. */
export function distinct(rows: readonly Row[], columns: readonly string[]): Row[] {
  const found = new Map<string, Row>();
  for (const row of rows) {
    const kept = Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
    found.set(JSON.stringify(kept), kept);
  }
  return [...found.values()].sort((a, b) => {
    for (const column of columns) {
      const [x, y] = [a[column], b[column]];
      if (typeof x === "number" && typeof y === "number" && x !== y) return x - y;
    }
    return 0;
  });
}

/** A value as text, for a cell or a sentence. */
export function textOfValue(value: Value | undefined): string {
  return value === null || value === undefined ? "—" : String(value);
}
