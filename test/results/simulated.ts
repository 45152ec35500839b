// From simulator results to a page, and what the published tables say.

import assert from "node:assert/strict";
import {PRESETS} from "../../loaders/bench/call/bench-flags.js";
import {readData} from "../../loaders/site/read-data.js";
import {type MadePages, makePages} from "../support/made-pages.js";
import type {DataFolder} from "./fixture.js";
import type {PrintedRow} from "./printed-rows.js";

/** The published preset with other values for some of its flags. */
export function published(changes: Record<string, string>): string[] {
  return Object.entries({...PRESETS.published, ...changes}).flatMap(([flag, value]) =>
    [`--${flag}`, value].flat()
  );
}

/** The pages of everything in the folder. */
export async function siteOf(data: DataFolder): Promise<MadePages> {
  return makePages(await readData(data.path));
}

/** Values by fact as a page prints them. */
export async function factsOnPage(site: MadePages, path: string): Promise<Map<string, number>> {
  return new Map(
    Array.from(
      (await site.html(path)).matchAll(/<data data-fact="([^"]+)" value="([^"]+)">/g),
      ([, id = "", value]) => [id, Number(value)]
    )
  );
}

export interface Column {
  name: string;
  onPage: number;
  /** `null` if the table does not say. */
  printed: number | null;
  halfADigit: number;
}

/** What a page prints for the series `sim-…` of a series, next to what the table prints. */
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

/** Fails if a column differs by more than half its last printed digit. */
export function assertAsPrinted(columns: readonly Column[]): void {
  const differing = columns.filter(
    ({onPage, printed, halfADigit}) => printed !== null && !(Math.abs(onPage - printed) <= halfADigit)
  );
  assert.deepEqual(
    differing.map(({name, onPage, printed}) => `${name}: ${onPage}, printed ${printed}`),
    []
  );
}

/** Fails if the page that compares them does not show MTP overtaking between C = 4 and 8, as in the source. */
export async function assertSignChange(site: MadePages): Promise<void> {
  const page = await site.html("compare/sim-awq-vs-sim-awq-mtp1");
  assert.match(page, /Between concurrency 4 and 8 the lead changes its sign, but there are too few runs/);
}
