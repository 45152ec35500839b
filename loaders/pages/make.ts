import type {DuckDBConnection} from "@duckdb/node-api";
import {z} from "zod";
import type {JudgedClaim} from "../claims/judge.js";
import type {Fault} from "../errors/faults.js";
import type {Evidence} from "../evidence/schema.js";
import {texts} from "../evidence/texts.js";
import type {Fact} from "../facts/read-facts.js";
import type {Query} from "../warehouse/query.js";
import {claimsHtml} from "./claims-html.js";
import {drawAll} from "./draw.js";
import {explorableHtml} from "./explorable.js";
import {factsHtml} from "./facts-html.js";
import {findings} from "./findings/index.js";
import type {Material} from "./material.js";
import type {Report} from "./report.js";
import {rowsOf} from "./rows.js";
import {tableFaults, tableHtml} from "./table.js";

const difference = z.object({
  field: z.string(),
  text: z.string().nullable(),
  baseline_text: z.string().nullable(),
  kind: z.string()
});

const component = z.object({
  name: z.string(),
  parameters: z.number(),
  bits: z.number(),
  quantised: z.boolean(),
  replicated: z.boolean(),
  routed: z.boolean()
});

const laterVerdict = z.object({measure: z.string(), concurrency: z.number(), verdict: z.string()});

/** Makes everything the pages print, and a fault for each figure that cannot be drawn and each table of unknown facts. */
export async function makeReport(
  evidence: Evidence,
  facts: ReadonlyMap<string, Fact>,
  claims: readonly JudgedClaim[],
  queries: readonly Query[],
  connection: DuckDBConnection
): Promise<{report: Report; faults: Fault[]}> {
  const material: Material = {
    ...evidence,
    facts,
    components: await rowsOf(connection, "awq_component", component),
    differences: await rowsOf(connection, "quantisation_difference", difference),
    laterVerdicts: await rowsOf(connection, "later_verdict", laterVerdict)
  };
  const {figures, tables, explorables} = findings(material);
  const named = {
    facts: mapValues(Object.fromEntries(facts), ({id, value, text, intervalText}) => ({
      id,
      value,
      text,
      intervalText
    })),
    texts: texts(evidence),
    links: Object.fromEntries(evidence.sources.map(({id, title, url}) => [`source.${id}`, {title, url}]))
  };
  const drawn = drawAll(figures, material);
  const report = {
    ...named,
    claims: Object.fromEntries(
      claims.map(({id, page, source, verdict, quote, reading}) => [
        id,
        {id, page, verdict, quote, reading, own: source === "report"}
      ])
    ),
    figures: drawn.figures,
    explorables: mapValues(explorables, explorableHtml),
    tables: {
      ...mapValues(tables, (table) => tableHtml(table, material)),
      facts: factsHtml(facts, queries),
      claims: claimsHtml(claims, named)
    }
  };
  const ofTables = Object.entries(tables).flatMap(([name, table]) => tableFaults(name, table, material));
  return {report, faults: [...drawn.faults, ...ofTables]};
}

function mapValues<T, U>(entries: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, map(value)]));
}
