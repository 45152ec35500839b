import type {DuckDBConnection} from "@duckdb/node-api";
import {z} from "zod";
import type {Fact} from "../facts/read-facts.js";
import type {Row, RowsOf} from "./rows.js";

const value = z
  .union([z.string(), z.number(), z.boolean(), z.null(), z.bigint()])
  .transform((each) => (typeof each === "bigint" ? Number(each) : each));
const row = z.record(z.string(), value);

/**
 * Reads the rows of a family, a query or a table by name, and remembers them.
 * @param labelOf gives the label of a series
 */
export function makeRowsOf(
  connection: DuckDBConnection,
  facts: ReadonlyMap<string, Fact>,
  labelOf: (series: string) => string
): RowsOf {
  const families = new Map<string, Fact[]>();
  for (const fact of facts.values()) families.set(fact.family, [...(families.get(fact.family) ?? []), fact]);
  const read = new Map<string, Promise<Row[]>>();
  return (name) => {
    const family = families.get(name);
    const reading =
      read.get(name) ??
      (family === undefined
        ? rowsOfQuery(connection, name)
        : Promise.resolve(family.map((fact) => rowOfFact(fact, labelOf))));
    read.set(name, reading);
    return reading;
  };
}

async function rowsOfQuery(connection: DuckDBConnection, name: string): Promise<Row[]> {
  const known = await connection.runAndReadAll(
    "SELECT 1 FROM duckdb_tables() WHERE NOT internal AND table_name = $1",
    [name]
  );
  if (known.currentRowCount === 0)
    throw new Error(`no query and no family is called “${name}”. Write it, or correct the name.`);
  const rows = (await connection.runAndReadAll(`FROM "${name}"`)).getRowObjectsJS();
  const parsed = row.array().safeParse(rows.map(withoutLists));
  if (!parsed.success)
    throw new Error(`${name} yields a value that no cell can show: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** A row without its lists, such as sources: only facts need them. */
function withoutLists(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).filter(([, each]) => each === null || typeof each !== "object")
  );
}

function rowOfFact(fact: Fact, labelOf: (series: string) => string): Row {
  const {id, key, value, low, high, unit, interval, text, intervalText} = fact;
  return {
    ...(key.series !== undefined && {label: labelOf(String(key.series))}),
    ...key,
    id,
    value,
    low,
    high,
    unit,
    interval,
    text,
    interval_text: intervalText
  };
}
