// The way of a build: evidence, warehouse, facts, claims, cells; what Framework then renders.

import {type Cell, cellsOf, keyOf} from "../cells/cell.js";
import {cellFault} from "../cells/declaration.js";
import {MADE_KINDS, makeCell} from "../cells/make-cells.js";
import type {ReportConfiguration} from "../configuration.js";
import {type Fault, stopOn} from "../errors/faults.js";
import type {MadeCell, Printed} from "../html/printed.js";
import type {BuildMoment} from "../measure/live-builds.js";
import {checkPages} from "../pages/check.js";
import {pagesOf, readMarkdown} from "../pages/page-source.js";
import {paths} from "../paths.js";
import type {Computed} from "./compute-report.js";
import {hashOfInputs} from "./inputs.js";
import {placeSources} from "./place-sources.js";
import {type Base, readStored, writeStored} from "./stored-report.js";

/** A report that Framework can render. */
export interface Report {
  printed: Printed;
  /** The paths of pages that come with the evidence: one for each series, one for any two. */
  paths: readonly string[];
  /** Changes when anything does that the report is computed from. */
  inputs: string;
}

/** What this process has computed last, for the next time that only a page changes. */
let kept: {inputs: string; computed: Promise<Computed>} | undefined;

/**
 * Brings the report up to date. Where all that it is computed from is as it was, the pages are checked and
 * only cells that changed are made.
 * @param measured the live series that were measured for it: their pages say so
 * @throws FaultsError naming every fault of the evidence, the queries, the claims and the pages
 */
export async function bringReport(
  configuration: ReportConfiguration,
  measured: readonly string[] = []
): Promise<Report> {
  placeSources(paths.src);
  const markdown = readMarkdown(paths.src);
  const inputs = hashOfInputs(markdown, measured);
  const compute = () => {
    const moment = {now: new Date(), measured};
    if (kept?.inputs !== inputs)
      kept = {inputs, computed: computeNow(configuration, markdown, moment, inputs)};
    return kept.computed;
  };
  const stored = readStored(inputs);
  const base: Base = stored?.base ?? (await compute()).base;
  const pages = pagesOf(markdown, base.paths);
  const cells = pages.flatMap(({page, source}) => cellsOf(page, source));
  const wanted = cells.filter(({kind}) => MADE_KINDS.has(kind));
  const missing = wanted.filter((cell) => stored?.cells[keyOf(cell)] === undefined);
  const faults = [...namedTwice(cells), ...checkPages(base, pages)];
  const made: Record<string, MadeCell> = {};
  if (missing.length > 0) {
    const computed = await compute();
    faults.push(...computed.claimFaults);
    const plain = new Set(pages.filter(({params}) => Object.keys(params).length === 0).map(({page}) => page));
    for (const cell of missing) {
      const {made: html, faults: ofCell} = await makeCell(cell, {...computed.makers, cells});
      made[keyOf(cell)] = html;
      faults.push(...ofCell);
      if (html.html === "" && ofCell.length === 0 && plain.has(cell.page)) faults.push(emptyFault(cell));
    }
  }
  stopOn(faults);
  const known = {...stored?.cells, ...made};
  const current = Object.fromEntries(wanted.map((cell) => [keyOf(cell), known[keyOf(cell)] ?? {html: ""}]));
  if (missing.length > 0) writeStored({inputs, base, cells: current});
  return {printed: {...base, cells: current}, paths: base.paths, inputs};
}

async function computeNow(
  configuration: ReportConfiguration,
  markdown: ReadonlyMap<string, string>,
  moment: BuildMoment,
  inputs: string
): Promise<Computed> {
  const {computeReport} = await import("./compute-report.js");
  return computeReport(configuration, markdown, moment, inputs);
}

/** Two cells of a page that bear one name: their anchors would be the same. */
function namedTwice(cells: readonly Cell[]): Fault[] {
  const first = new Map<string, Cell>();
  return cells.flatMap((cell) => {
    if (!MADE_KINDS.has(cell.kind)) return [];
    const place = `${cell.page} ${cell.kind} ${cell.name}`;
    const earlier = first.get(place);
    first.set(place, earlier ?? cell);
    if (earlier === undefined || cell.kind === "prose") return [];
    return [
      cellFault(
        cell,
        new Error(`line ${earlier.line} has a ${cell.kind} of this name already. Give it another.`)
      )
    ];
  });
}

function emptyFault(cell: Cell): Fault {
  return cellFault(cell, new Error("there is no row for it. Correct its rows, or take the cell out."));
}
