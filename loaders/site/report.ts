// A build from evidence to cells: evidence, warehouse, facts, claims, cells. Framework renders the result.

import {type Cell, cellsOf, keyOf, MADE_KINDS} from "../cells/cell.js";
import {cellFault} from "../cells/declaration.js";
import type {ReportConfiguration} from "../configuration.js";
import {type Fault, formatFault, stopOn} from "../errors/faults.js";
import type {MadeCell, Printed} from "../html/printed.js";
import type {BuildMoment} from "../measure/live-builds.js";
import {checkNavigation, checkPages} from "../pages/check.js";
import {type PageSource, pagesOf, readMarkdown} from "../pages/page-source.js";
import {paths} from "../paths.js";
import type {Computed} from "./compute-report.js";
import {hashOfInputs} from "./inputs.js";
import {placeSources} from "./place-sources.js";
import {readStored, writeStored} from "./stored-report.js";

/** A report that Framework can render. */
export interface Report {
  printed: Printed;
  /** The paths of pages that the evidence brings: one for each series, one for each pair. */
  paths: readonly string[];
  /** A hash of everything the report is computed from. */
  inputs: string;
  /** Makes the cells that did not come first; rejects with their faults. */
  rest?: () => Promise<void>;
}

/** The last computation of this process, reused while only pages change. */
let kept: {inputs: string; computed: Promise<Computed>} | undefined;

/**
 * Brings the report up to date. If its inputs are unchanged, only the pages are checked and only changed cells are
 * made again.
 * @param measured the live series measured for this build: their pages say so
 * @param first the page whose cells come first, if the others may come later
 * @throws FaultsError naming every fault of the evidence, the queries, the claims and the pages
 */
export async function bringReport(
  configuration: ReportConfiguration,
  {measured = [], first}: {measured?: readonly string[]; first?: string | undefined} = {}
): Promise<Report> {
  placeSources(paths.src);
  const markdown = readMarkdown(paths.src);
  const inputs = hashOfInputs(markdown, measured);
  const compute = () => {
    const moment = {now: new Date(), measured};
    if (kept?.inputs !== inputs) kept = {inputs, computed: computeNow(configuration, markdown, moment)};
    return kept.computed;
  };
  const stored = readStored(inputs);
  const computed = stored === undefined ? await compute() : undefined;
  const base = (stored ?? (await compute())).base;
  const pages = pagesOf(markdown, base.paths);
  const cells = pages.flatMap(cellsOf);
  const wanted = cells.filter(({kind}) => MADE_KINDS.includes(kind));
  const isMade = (cell: Cell) => stored?.cells[keyOf(cell)] !== undefined;
  const faults = [
    ...(computed?.claimFaults ?? []),
    ...checkNavigation(configuration.pages, pages),
    ...namedTwice(cells),
    ...checkPages(base, pages, {isMade})
  ];
  const missing = wanted.filter((cell) => !isMade(cell));
  const known: Record<string, MadeCell> = {...stored?.cells};
  const make = async (some: readonly Cell[]): Promise<Fault[]> => {
    if (some.length === 0) return [];
    const made = await makeAll(some, await compute(), pages);
    Object.assign(known, made.cells);
    return made.faults;
  };
  const store = () => {
    const cells = Object.fromEntries(wanted.map((cell) => [keyOf(cell), known[keyOf(cell)] ?? {html: ""}]));
    if (stored === undefined || missing.length > 0) writeStored({inputs, base, cells});
  };
  const isFirst = (cell: Cell) => first === undefined || cell.page === first;
  stopOn(eachOnce([...faults, ...(await make(missing.filter(isFirst)))]));
  const report = {printed: {...base, cells: known}, paths: base.paths, inputs};
  const later = missing.filter((cell) => !isFirst(cell));
  if (later.length === 0) {
    store();
    return report;
  }
  const rest = async () => {
    stopOn(eachOnce(await make(later)));
    store();
  };
  return {...report, rest};
}

/** Makes cells. A cell without rows is a fault, except on pages that serve many series. */
async function makeAll(
  cells: readonly Cell[],
  {makers}: Computed,
  pages: readonly PageSource[]
): Promise<{cells: Record<string, MadeCell>; faults: Fault[]}> {
  const {makeCell} = await import("../cells/make-cells.js");
  const shared = new Set(pages.filter(({params}) => Object.keys(params).length > 0).map(({page}) => page));
  const all = pages.flatMap(cellsOf);
  const made: Record<string, MadeCell> = {};
  const faults: Fault[] = [];
  for (const cell of cells) {
    const {made: output, faults: own} = await makeCell(cell, {...makers, cells: all});
    made[keyOf(cell)] = output;
    faults.push(...own);
    if (output.html === "" && own.length === 0 && !shared.has(cell.page))
      faults.push(
        cellFault(cell, new Error("it has no rows to show. Correct its query, or take the cell out."))
      );
  }
  return {cells: made, faults};
}

/** Drops repeated faults, because pages that share a file share its faults. */
function eachOnce(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [formatFault(fault), fault])).values()];
}

async function computeNow(
  configuration: ReportConfiguration,
  markdown: ReadonlyMap<string, string>,
  moment: BuildMoment
): Promise<Computed> {
  const {computeReport} = await import("./compute-report.js");
  return computeReport(configuration, markdown, moment);
}

/** Cells of a page that share a name: they would share an anchor too. */
function namedTwice(cells: readonly Cell[]): Fault[] {
  const first = new Map<string, Cell>();
  return cells.flatMap((cell) => {
    if (!MADE_KINDS.includes(cell.kind)) return [];
    const place = `${cell.page} ${cell.kind} ${cell.name}`;
    const earlier = first.get(place);
    first.set(place, earlier ?? cell);
    if (earlier === undefined || cell.kind === "prose") return [];
    return [
      cellFault(
        cell,
        new Error(`line ${earlier.line} already has a ${cell.kind} of this name. Give it another.`)
      )
    ];
  });
}
