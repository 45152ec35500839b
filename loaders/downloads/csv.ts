import type {Evidence} from "../evidence/schema.js";

/** One printed value, a row of the evidence page's download. */
export interface PrintedValue {
  source: string;
  place: string;
  table: string;
  role: string;
  series: string;
  baseline: string | null;
  metric: string;
  concurrency: number;
  value: number;
  unit: string;
  decimals: number;
}

export function printedValues({tables}: Evidence): PrintedValue[] {
  return tables.flatMap((table) =>
    table.columns.flatMap((column, i) =>
      table.rows.map(({concurrency, values}) => ({
        source: table.source,
        place: table.place,
        table: table.id,
        role: column.role,
        series: column.series,
        baseline: column.role === "derived" ? column.baseline : null,
        metric: column.metric,
        concurrency,
        value: values[i] ?? Number.NaN,
        unit: column.unit,
        decimals: column.decimals
      }))
    )
  );
}

/** Rows as CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets a leading apostrophe. */
export function csv<T extends object>(rows: readonly T[]): string {
  const [first] = rows;
  if (first === undefined) return "";
  const columns = Object.keys(first);
  const lines = rows.map((row) => Object.values(row).map(cell).join(","));
  return `${[columns.join(","), ...lines].join("\r\n")}\r\n`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
