import type {DuckDBConnection} from "@duckdb/node-api";
import {z} from "zod";
import {type Evidence, SIMULATION} from "../evidence/schema.js";
import type {Fact} from "../facts/read-facts.js";
import type {Catalogue} from "../src/benchbook/catalogue.js";
import {formatNumber} from "../src/benchbook/format.js";
import {inOrder, mentioned} from "../warehouse/lineage.js";
import type {Query} from "../warehouse/query.js";

const evidenceRow = z.object({
  series: z.string(),
  quantity: z.string(),
  concurrency: z.number().nullable(),
  value: z.number(),
  half_width: z.number(),
  unit: z.string(),
  source: z.string(),
  place: z.string()
});

/** What the site's panel shows of each fact. */
export async function makeCatalogue(
  evidence: Evidence,
  queries: readonly Query[],
  facts: ReadonlyMap<string, Fact>,
  connection: DuckDBConnection
): Promise<Catalogue> {
  const printed = await connection.runAndReadAll("FROM printed_value");
  const rows = evidenceRow.array().parse(printed.getRowObjectsJS());
  const words = names(evidence);
  const byName = new Map(queries.map((query) => [query.name, query]));
  return {
    facts: Object.fromEntries(
      [...facts].map(([id, fact]) => [
        id,
        {...fact, subject: subject(fact, words), rows: citedRows(fact, rows, words)}
      ])
    ),
    views: Object.fromEntries(
      inOrder(queries).map((query) => [
        query.name,
        {question: query.question, sql: query.sql, reads: mentioned(query, byName)}
      ])
    ),
    sources: {
      ...Object.fromEntries(evidence.sources.map(({id, title, url}) => [id, {title, url}])),
      report: {title: "Measured for this report", url: null},
      [SIMULATION]: {title: "Simulated, not measured", url: null}
    }
  };
}

/** The readers' names of series, metrics and other columns, by id. */
function names({series, metrics}: Evidence): ReadonlyMap<string, string> {
  return new Map([
    ...series.map(({id, label}) => [id, label] as const),
    ...metrics.map(({id, name}) => [id, name] as const)
  ]);
}

/** The keys of a fact in words: “FP8, concurrency 2”. */
export function subject({key}: Pick<Fact, "key">, words: ReadonlyMap<string, string>): string {
  return Object.entries(key)
    .map(([column, value]) =>
      column === "concurrency" ? `concurrency ${value}` : inWords(String(value), words)
    )
    .join(", ");
}

function inWords(id: string, words: ReadonlyMap<string, string>): string {
  return words.get(id) ?? id.replaceAll("_", " ");
}

/** The printed values at the places that a fact cites, at the fact's concurrency if it has one. */
function citedRows(
  fact: Fact,
  rows: readonly z.infer<typeof evidenceRow>[],
  words: ReadonlyMap<string, string>
): string[][] {
  return rows
    .filter(
      ({source, place, concurrency}) =>
        fact.sources.some((cited) => cited.source === source && cited.place === place) &&
        (fact.key.concurrency === undefined || concurrency === null || concurrency === fact.key.concurrency)
    )
    .map(({series, quantity, concurrency, value, half_width, unit, place}) => [
      series === "" ? "—" : inWords(series, words),
      inWords(quantity, words),
      concurrency === null ? "—" : String(concurrency),
      `${formatNumber(value, {decimals: half_width === 0 ? 0 : Math.round(-Math.log10(2 * half_width))})} ${unit === "1" ? "" : unit}`.trim(),
      place
    ]);
}
