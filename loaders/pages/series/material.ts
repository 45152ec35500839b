// What the pages of series are made from: the evidence, the facts, and rows of the warehouse that are no facts.

import type {DuckDBConnection} from "@duckdb/node-api";
import {z} from "zod";
import type {Evidence, Series} from "../../evidence/schema.js";
import type {Fact} from "../../facts/read-facts.js";
import {rowsOf} from "../rows.js";

const run = z.object({
  id: z.string(),
  series: z.string(),
  load: z.string(),
  repeat: z.number().nullable(),
  started: z.string().nullable(),
  live: z.boolean(),
  standing: z.string(),
  tool: z.string(),
  server_version: z.string().nullable(),
  model: z.string().nullable(),
  endpoint: z.string().nullable(),
  clock: z.string(),
  requests: z.number(),
  requests_kept: z.number(),
  file: z.string()
});
export type RunRow = z.infer<typeof run>;

/** A warning at a load; repeats that say the same are one. */
const warning = z.object({
  series: z.string(),
  code: z.string(),
  load: z.string(),
  message: z.string()
});
export type WarningRow = z.infer<typeof warning>;

const request = z.object({
  run: z.string(),
  request: z.number(),
  start: z.number(),
  first: z.number().nullable(),
  end: z.number().nullable(),
  failed: z.boolean()
});

const gap = z.object({
  series: z.string(),
  load: z.string(),
  low: z.number(),
  high: z.number(),
  share: z.number()
});

const pair = z.object({
  series: z.string(),
  baseline: z.string(),
  metric: z.string(),
  load: z.string(),
  semantics: z.string(),
  baseline_semantics: z.string(),
  significance: z.string()
});
export type PairRow = z.infer<typeof pair>;

/** Whether the lead at a concurrency has a settled sign, and if not, why. */
const sign = z.enum(["settled", "includes zero", "too few runs"]);

const signChange = z.object({
  series: z.string(),
  baseline: z.string(),
  before: z.number(),
  after: z.number(),
  sign_before: sign,
  sign_after: sign
});
export type SignChange = z.infer<typeof signChange>;

const difference = z.object({
  series: z.string(),
  baseline: z.string(),
  field: z.string(),
  kind: z.string()
});

/** A setting by the card of its series or by its result files. */
const stated = z.object({
  series: z.string(),
  field: z.string(),
  text: z.string().nullable(),
  place: z.string(),
  varies: z.boolean()
});

export interface SeriesMaterial extends Evidence, BuildContext {
  facts: ReadonlyMap<string, Fact>;
  runs: RunRow[];
  warnings: WarningRow[];
  /** Requests of one run of each series: the first one that is evidence at the highest load. */
  timelines: z.infer<typeof request>[];
  gaps: z.infer<typeof gap>[];
  pairs: PairRow[];
  /** Neighbouring concurrencies between which a lead changes its sign. */
  signChanges: SignChange[];
  differences: z.infer<typeof difference>[];
  settings: z.infer<typeof stated>[];
}

/** What the pages say of the build that makes them. */
export interface BuildContext {
  now: Date;
  /** Live series that this build has measured. */
  measured: readonly string[];
  /** Live series whose runs were measured under other flags than their cards name. */
  stale: readonly string[];
}

export async function seriesMaterial(
  evidence: Evidence,
  facts: ReadonlyMap<string, Fact>,
  connection: DuckDBConnection,
  context: BuildContext
): Promise<SeriesMaterial> {
  return {
    ...evidence,
    ...context,
    facts,
    runs: await rowsOf(connection, "shown_run", run),
    warnings: await rowsOf(connection, "shown_warning", warning),
    timelines: await rowsOf(connection, "shown_request", request),
    gaps: await rowsOf(connection, "shown_gap", gap),
    pairs: await rowsOf(connection, "shown_pair", pair),
    signChanges: await rowsOf(connection, "shown_sign_change", signChange),
    differences: await rowsOf(connection, "shown_difference", difference),
    settings: await rowsOf(connection, "shown_setting", stated)
  };
}

/** The facts of a family with these keys, in the order of their ids. */
export function factsOf(
  {facts}: SeriesMaterial,
  family: string,
  key: Readonly<Record<string, string | number>>
): Fact[] {
  return [...facts.values()].filter(
    (fact) =>
      fact.family === family && Object.entries(key).every(([column, value]) => fact.key[column] === value)
  );
}

export function card({series}: SeriesMaterial, id: string): Series {
  const found = series.find((other) => other.id === id);
  if (found === undefined) throw new Error(`nobody defined the series “${id}”`);
  return found;
}

/** Series that have a page: those with points, with results, or with flags to measure them. */
export function shownSeries(material: SeriesMaterial): Series[] {
  const printed = new Set(
    material.tables.flatMap(({columns}) =>
      columns.flatMap((column) => (column.role === "measured" ? [column.series] : []))
    )
  );
  const measured = new Set(material.runs.map(({series}) => series));
  return material.series.filter(({id, live}) => printed.has(id) || measured.has(id) || live !== null);
}

/** The pairs that can be compared, each once. */
export function comparablePairs({pairs}: SeriesMaterial): {series: string; baseline: string}[] {
  const byName = new Map(pairs.map(({series, baseline}) => [`${series} ${baseline}`, {series, baseline}]));
  return [...byName.values()];
}

export function comparePath(series: string, baseline: string): string {
  return `compare/${series}-vs-${baseline}`;
}
