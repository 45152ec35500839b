import type {DuckDBConnection} from "@duckdb/node-api";
import {z} from "zod";
import type {JudgedClaim} from "../claims/read.js";
import type {Evidence} from "../evidence/schema.js";
import {texts} from "../evidence/texts.js";
import type {Fact} from "../facts/read.js";
import type {Fault} from "../faults.js";
import type {Query} from "../warehouse/queries.js";
import {claimsHtml} from "./claims-html.js";
import {drawAll} from "./draw.js";
import {explorableHtml} from "./explorable.js";
import {factsHtml} from "./facts-html.js";
import {findings} from "./findings/index.js";
import type {Material} from "./material.js";
import type {Report} from "./report.js";
import {tableFaults, tableHtml} from "./table.js";

const differences = z.array(
  z.object({
    field: z.string(),
    text: z.string().nullable(),
    baseline_text: z.string().nullable(),
    kind: z.string()
  })
);

const components = z.array(
  z.object({
    name: z.string(),
    parameters: z.number(),
    bits: z.number(),
    quantised: z.boolean(),
    replicated: z.boolean(),
    routed: z.boolean()
  })
);

const laterVerdicts = z.array(z.object({measure: z.string(), concurrency: z.number(), verdict: z.string()}));

/** Makes everything the pages print, and a fault for each figure that cannot be drawn and each table of unknown facts. */
export async function makeReport(
  evidence: Evidence,
  facts: ReadonlyMap<string, Fact>,
  claims: readonly JudgedClaim[],
  queries: readonly Query[],
  connection: DuckDBConnection
): Promise<{report: Report; faults: Fault[]}> {
  const rows = await connection.runAndReadAll(
    `SELECT field, text, baseline_text, kind
    FROM configuration_difference
    WHERE series = 'awq'
      AND baseline = 'nvfp4'
      AND field <> 'quantisation'
    ORDER BY kind = 'differs' DESC, kind = 'not stated for one' DESC, position`
  );
  const stored = await connection.runAndReadAll(
    `SELECT c.name, c.parameters, c.bits, c.bits = b.value AS quantised, c.replicated, c.reading = 'routed' AS routed
    FROM checkpoint_component AS c
    JOIN bits_per_weight AS b
      USING (checkpoint_id)
    WHERE c.checkpoint_id = 'awq'
      AND c.part = 'model'
      AND c.reading <> 'lookup'
    ORDER BY c.position`
  );
  const material: Material = {
    ...evidence,
    facts,
    components: components.parse(stored.getRowObjectsJS()),
    differences: differences.parse(rows.getRowObjectsJS()),
    laterVerdicts: laterVerdicts.parse(
      (await connection.runAndReadAll("FROM later_verdict")).getRowObjectsJS()
    )
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
      claims.map(({id, finding, source, verdict, quote, reading}) => [
        id,
        {id, finding, verdict, quote, reading, own: source === "report"}
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
