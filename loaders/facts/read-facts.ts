import type {DuckDBConnection} from "@duckdb/node-api";
import {z} from "zod";
import type {Fault} from "../errors/faults.js";
import {messageOf} from "../errors/message-of.js";
import {SIMULATION} from "../evidence/schema.js";
import {type Format, formatInterval, formatValue, parseFormat} from "../src/benchbook/format.js";
import type {Query} from "../warehouse/query.js";
import {whereSql} from "../warehouse/where.js";

const row = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  unit: z.string(),
  interval_kind: z.enum(["rounding", "bootstrap", "t", "spec", "assumed", "none"]),
  format: z.string().optional(),
  derived: z.boolean().optional(),
  sources: z.array(z.object({source: z.string(), place: z.string()}))
});

const key = z.record(z.string(), z.union([z.string(), z.number()]));
const keyed = z.object({key, quantity: row});

/** A named quantity and the query that yields it. */
export interface Fact {
  /** The family and the keys, joined by dots: `lead.c8`. */
  id: string;
  /** The view of which it is a row. */
  family: string;
  /** The columns that identify the row. */
  key: Readonly<Record<string, string | number>>;
  /** The question of the family's query. */
  question: string;
  value: number;
  low: number;
  high: number;
  unit: string;
  /** Why there is an interval. */
  interval: z.infer<typeof row>["interval_kind"];
  sources: {source: string; place: string}[];
  /** The query for this fact; it runs in report.duckdb, in DuckDB and in DuckDB-Wasm alike. */
  sql: string;
  format: Format;
  /** The value as the pages print it. */
  text: string;
  /** Whether the number is shown among printed ones but was computed from others. */
  derived: boolean;
  /** The interval as the pages print it: “no interval” if it is not known, empty if the number is exact. */
  intervalText: string;
}

/**
 * Evaluates every family of facts.
 * @returns the facts by id, and a fault for each family that fails, yields no row, or repeats a key
 */
export async function readFacts(
  connection: DuckDBConnection,
  families: readonly Query[]
): Promise<{facts: Map<string, Fact>; faults: Fault[]}> {
  const facts = new Map<string, Fact>();
  const faults: Fault[] = [];
  for (const family of families) {
    const blame = (message: string) => faults.push({file: family.file, place: family.name, message});
    let rows: Record<string, unknown>[];
    try {
      rows = (await connection.runAndReadAll(`SELECT * FROM ${family.name}`)).getRowObjectsJS();
    } catch (error) {
      blame(`the query fails: ${messageOf(error)}. Correct it.`);
      continue;
    }
    if (rows.length === 0 && !family.mayBeEmpty)
      blame("the query yields no row. Give it evidence, or remove it.");
    const wrong: string[] = [];
    for (const [index, columns] of rows.entries()) {
      const parsed = parseRow(columns);
      if (!parsed.success) {
        wrong.push(`row ${index}: ${z.prettifyError(parsed.error)}`);
        continue;
      }
      const fact = toFact(family, parsed.data);
      if (fact === undefined) {
        blame("nothing says how its numbers are written. Add a second line like “-- format: .1f ms”.");
        break;
      }
      if (facts.has(fact.id))
        blame(`the query yields several rows for ${fact.id}. Make its keys tell them apart.`);
      facts.set(fact.id, fact);
    }
    const [first] = wrong;
    if (first !== undefined) {
      const others = wrong.length > 1 ? ` (and ${wrong.length - 1} rows more)` : "";
      blame(`${first}${others}. Return value, low, high, unit, interval_kind and sources.`);
    }
  }
  return {facts: new Map([...facts].sort(([a], [b]) => byName(a, b))), faults};
}

const byName = new Intl.Collator("en", {numeric: true}).compare;

function parseRow(columns: Record<string, unknown>) {
  const {value, low, high, unit, interval_kind, format, derived, sources, ...keys} = columns;
  const quantity = {value, low, high, unit, interval_kind, format, derived, sources};
  return keyed.safeParse({key: keys, quantity});
}

function toFact(
  family: Query,
  {key, quantity}: {key: Fact["key"]; quantity: z.infer<typeof row>}
): Fact | undefined {
  const {interval_kind: interval, format: own, derived = false, ...rest} = quantity;
  const format = parseFormat(own ?? family.format ?? "");
  if (format === undefined) return;
  return {
    id: factId(family.name, key),
    family: family.name,
    key,
    question: family.question,
    ...rest,
    interval,
    derived,
    sql: factSql(family.name, key),
    format,
    text: formatValue(rest.value, format),
    intervalText: interval === "none" ? withoutInterval(rest) : formatInterval(rest.low, rest.high, format)
  };
}

const counts = new Set(["runs", "requests", "fields"]);

/** A measurement without an interval is not exact; a count or a setting is. */
function withoutInterval({unit, sources}: Pick<Fact, "unit" | "sources">): string {
  const isMeasured = sources.some(({place}) => place.startsWith("results/")) && !counts.has(unit);
  return isMeasured ? "no interval" : "";
}

function factId(family: string, key: Fact["key"]): string {
  return [
    family,
    ...Object.entries(key).map(([name, value]) => (name === "concurrency" ? `c${value}` : value))
  ].join(".");
}

/** Whether a fact rests on a simulation: simulated series have this source, and no other series has it. */
export function isSimulated({sources}: Fact): boolean {
  return sources.some(({source}) => source === SIMULATION);
}

/** The family of the fact with this id. */
export function familyOf(id: string): string {
  return id.split(".")[0] ?? "";
}

function factSql(family: string, key: Fact["key"]): string {
  return `SELECT value, low, high, unit, interval_kind\nFROM ${family}${whereSql(key)}`;
}
