// From results of the simulator to a page, and what the published tables say of it.

import assert from "node:assert/strict";
import MarkdownIt from "markdown-it";
import {PRESETS} from "../../loaders/bench/call/bench-flags.js";
import {reportSyntax} from "../../loaders/pages/markdown.js";
import type {Report} from "../../loaders/pages/report.js";
import {makeSeriesPages, type SeriesPages} from "../../loaders/pages/series/make.js";
import {type Computed, compute} from "../../loaders/site/compute.js";
import {readData} from "../../loaders/site/read-data.js";
import type {DataFolder} from "./fixture.js";
import type {PrintedRow} from "./printed-rows.js";

/** The published preset with other values for some of its flags. */
export function published(changes: Record<string, string>): string[] {
  return Object.entries({...PRESETS.published, ...changes}).flatMap(([flag, value]) =>
    [`--${flag}`, value].flat()
  );
}

export interface Site {
  computed: Computed;
  pages: SeriesPages;
}

/** The pages of everything in the folder; the warehouse is closed. */
export async function siteOf(data: DataFolder): Promise<Site> {
  const {evidence, results} = await readData(data.path);
  const computed = await compute(evidence, results);
  const pages = await makeSeriesPages(evidence, computed.facts, computed.warehouse.connection, {
    now: new Date(),
    measured: [],
    stale: []
  });
  computed.warehouse.close();
  return {computed, pages};
}

/** Values by fact as a page prints them. */
export function factsOnPage({computed, pages}: Site, labels: string[], path: string): Map<string, number> {
  const report: Report = {
    facts: Object.fromEntries(computed.facts),
    texts: Object.fromEntries(labels.map((id) => [`label.${id}`, id])),
    links: {},
    claims: {},
    explorables: {},
    figures: pages.figures,
    tables: pages.tables
  };
  const md = new MarkdownIt({html: true});
  reportSyntax(md, () => report);
  const html = md.render(pages.pages.get(path) ?? assert.fail(`no page ${path}`));
  return new Map(
    Array.from(html.matchAll(/<data data-fact="([^"]+)" value="([^"]+)">/g), ([, id = "", value]) => [
      id,
      Number(value)
    ])
  );
}

export interface Column {
  name: string;
  onPage: number;
  /** `null` where the table does not say. */
  printed: number | null;
  halfADigit: number;
}

/** What a page prints of the series `sim-…` of a series beside what the table prints. */
export function columnsOf(page: Map<string, number>, series: string, row: PrintedRow): Column[] {
  const {concurrency, systemTokensPerS, perRequestTokensPerS, tpotMs, ttftMs, ttftP99Ms} = row;
  const onPage = (metric: string) =>
    page.get(`result_point.sim-${series}.vllm-0.15.1.${metric}.c${concurrency}`) ?? Number.NaN;
  const tpot = onPage("median_tpot_ms");
  return [
    {name: "system tok/s", onPage: onPage("system_throughput"), printed: systemTokensPerS, halfADigit: 0.5},
    {name: "tok/s a request", onPage: 1000 / tpot, printed: perRequestTokensPerS, halfADigit: 0.5},
    {name: "median TPOT", onPage: tpot, printed: tpotMs, halfADigit: 0.005},
    {name: "median TTFT", onPage: onPage("median_ttft_ms"), printed: ttftMs, halfADigit: 0.5},
    {name: "P99 of TTFT", onPage: onPage("p99_ttft_ms"), printed: ttftP99Ms, halfADigit: 0.5}
  ];
}

/** Fails where a column differs by over half its last printed digit. */
export function assertAsPrinted(columns: readonly Column[]): void {
  const differing = columns.filter(
    ({onPage, printed, halfADigit}) => printed !== null && !(Math.abs(onPage - printed) <= halfADigit)
  );
  assert.deepEqual(
    differing.map(({name, onPage, printed}) => `${name}: ${onPage}, printed ${printed}`),
    []
  );
}

/** Fails where the page that compares them does not have MTP overtake between C = 4 and 8, as in the source. */
export function assertSignChange({pages}: Site): void {
  const page = pages.pages.get("compare/sim-awq-vs-sim-awq-mtp1") ?? assert.fail("no page");
  assert.match(page, /Between concurrency 4 and 8 the lead changes its sign, but there are too few runs/);
}
