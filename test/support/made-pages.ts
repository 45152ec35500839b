import {join} from "node:path";
import {parseHTML} from "linkedom";
import MarkdownIt from "markdown-it";
import {type Cell, cellsOf, keyOf, MADE_KINDS} from "../../loaders/cells/cell.js";
import {makeCell} from "../../loaders/cells/make-cells.js";
import {stopOn} from "../../loaders/errors/faults.js";
import type {MadeCell} from "../../loaders/html/printed.js";
import {liveBuilds} from "../../loaders/measure/live-builds.js";
import {reportSyntax} from "../../loaders/pages/markdown.js";
import {pagesOf, readMarkdown} from "../../loaders/pages/page-source.js";
import {engine} from "../../loaders/paths.js";
import {type Computed, compute} from "../../loaders/site/compute.js";
import {materialOf} from "../../loaders/site/compute-report.js";
import type {Data} from "../../loaders/site/read-data.js";

/** The generated pages, made as in a build, each on request. */
export interface MadePages {
  /** The paths of all of them: `series/fp8`. */
  paths: string[];
  facts: Computed["facts"];
  warehouse: Computed["warehouse"];
  /** A page as HTML. */
  html(path: string): Promise<string>;
  /** Only the words of a page, one line per paragraph, heading and caption; facts as printed. */
  lines(path: string): Promise<string[]>;
  /** One cell of a page; empty if it has nothing to show. */
  cell(path: string, kind: string, name: string): Promise<MadeCell>;
}

/**
 * Computes what the pages show.
 * @param now the moment of the build, which pages of live series name
 * @param measured the live series that were measured for it
 * @throws FaultsError like a build
 */
export async function makePages(
  {evidence, results}: Data,
  {now = new Date(), measured = []}: {now?: Date; measured?: readonly string[]} = {}
): Promise<MadePages> {
  const live = liveBuilds(evidence, results, {now, measured});
  const computed = await compute(evidence, results, {live});
  stopOn(computed.faults);
  const {base, makers} = await materialOf(computed, {pages: []});
  const pages = pagesOf(readMarkdown(join(engine, "src")), base.paths);
  const cells = pages.flatMap(cellsOf);
  const made: Record<string, MadeCell> = {};

  const make = async (cell: Cell): Promise<MadeCell> => {
    const known = made[keyOf(cell)];
    if (known !== undefined) return known;
    const {made: fresh, faults} = await makeCell(cell, {...makers, cells});
    stopOn(faults);
    made[keyOf(cell)] = fresh;
    return fresh;
  };
  const html = async (path: string) => {
    const page = pages.find((other) => other.page === path);
    if (page === undefined) throw new Error(`there is no page ${path}`);
    for (const cell of cells) if (cell.page === path && MADE_KINDS.includes(cell.kind)) await make(cell);
    const md = new MarkdownIt({html: true});
    reportSyntax(md, {...base, cells: made});
    return md.render(page.source, {path: `/${path}`, params: page.params});
  };
  return {
    paths: base.paths.map((path) => path.slice(1)),
    facts: computed.facts,
    warehouse: computed.warehouse,
    html,
    lines: async (path) => linesOf(await html(path)),
    cell: async (path, kind, name) => {
      const cell = cells.find((other) => other.page === path && other.kind === kind && other.name === name);
      if (cell === undefined) throw new Error(`${path} has no ${kind} ${name}`);
      return make(cell);
    }
  };
}

function linesOf(html: string): string[] {
  const {document} = parseHTML(`<html><body>${html}</body></html>`);
  return Array.from(document.querySelectorAll("p, h1, h2, figcaption"), ({textContent}) =>
    (textContent ?? "").replace(/[\u202f\u00a0]/g, " ")
  );
}
