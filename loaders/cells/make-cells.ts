import type {Fault} from "../errors/faults.js";
import {claimsHtml} from "../pages/claims-html.js";
import {factsHtml} from "../pages/facts-html.js";
import {tableFaults, tableHtml} from "../pages/table.js";
import type {Cell} from "./cell.js";
import {
  CellError,
  cellFault,
  explorableSpec,
  type FigureSpec,
  figureLikeSpec,
  figureSpec,
  isLike,
  proseSpec,
  readDeclaration,
  tableSpec
} from "./declaration.js";
import {type ExplorableOf, explorableHtml} from "./explorable-cell.js";
import {figureHtml} from "./figure-cell.js";
import type {Material} from "./material.js";
import {resolveOptions} from "./options.js";
import {select, textOfValue} from "./rows.js";
import {tableModel} from "./table-cell.js";

/** What a cell has become: HTML, or for prose Markdown. Empty where its rows are none: nothing is shown then. */
export interface MadeCell {
  html: string;
  /** Of a figure: the same as a table. */
  twin?: string | undefined;
  /** Of a figure whose twin stands in the page as a table of its own: the name of that. */
  table?: string | undefined;
}

/** Everything besides the rows that cells are made with. */
export interface Makers {
  material: Material;
  explorableOf: ExplorableOf;
  /** All cells of the report: a cell may name another. */
  cells: readonly Cell[];
}

/** The kinds of cell that are made from rows before a page is rendered. */
export const MADE_KINDS: ReadonlySet<string> = new Set(["table", "figure", "explorable", "prose"]);

/** Makes a cell. Where it cannot be made it is empty and the fault says why. */
export async function makeCell(cell: Cell, makers: Makers): Promise<{made: MadeCell; faults: Fault[]}> {
  try {
    return await make(cell, makers);
  } catch (error) {
    return {made: {html: ""}, faults: [cellFault(cell, error)]};
  }
}

async function make(cell: Cell, makers: Makers): Promise<{made: MadeCell; faults: Fault[]}> {
  if (cell.kind === "table") return makeTable(cell, makers.material);
  if (cell.kind === "figure") return makeFigure(cell, makers);
  if (cell.kind === "prose") return {made: await makeProse(cell, makers.material), faults: []};
  const draw = await makers.explorableOf(cell.name);
  if (draw === undefined)
    throw new Error(
      `no explorable is called “${cell.name}”. Write src/explorables/${cell.name}.ts, or correct the name.`
    );
  const {data} = readDeclaration(cell, explorableSpec);
  return {made: {html: explorableHtml(draw, await resolveOptions(data, makers.material))}, faults: []};
}

async function makeTable(cell: Cell, material: Material): Promise<{made: MadeCell; faults: Fault[]}> {
  const spec = readDeclaration(cell, tableSpec);
  if ("list" in spec) {
    const {facts, queries, claims} = material;
    const html =
      spec.list === "facts"
        ? factsHtml(facts, queries)
        : claimsHtml(
            claims,
            {facts: Object.fromEntries(facts), texts: material.texts, links: material.links},
            material.pages
          );
    return {made: {html}, faults: []};
  }
  const model = await tableModel(spec, material, cell.line);
  if (model.rows.length === 0) return {made: {html: ""}, faults: []};
  const faults = tableFaults(model, material).map((message) => cellFault(cell, new Error(message)));
  return {
    made: {html: tableHtml(model, {facts: material.facts, sources: material.evidence.sources})},
    faults
  };
}

async function makeFigure(cell: Cell, makers: Makers): Promise<{made: MadeCell; faults: Fault[]}> {
  const {spec, origin} = figureOf(cell, makers.cells);
  const html = await figureHtml(spec, makers.material);
  if (html === "") return {made: {html}, faults: []};
  const table =
    typeof spec.table === "string"
      ? tableNamed(spec.table, origin, makers.cells)
      : {spec: spec.table, cell: origin};
  const model = await tableModel(table.spec, makers.material, table.cell.line);
  const faults =
    typeof spec.table === "string"
      ? []
      : tableFaults(model, makers.material).map((message) => cellFault(cell, new Error(message)));
  const twin = tableHtml(model, {facts: makers.material.facts, sources: makers.material.evidence.sources});
  return {made: {html, twin, ...(typeof spec.table === "string" && {table: spec.table})}, faults};
}

/** What a figure declares, and the cell that declares it: its own, or that of another page which it is like. */
function figureOf(cell: Cell, cells: readonly Cell[]): {spec: FigureSpec; origin: Cell} {
  if (!isLike(cell)) return {spec: readDeclaration(cell, figureSpec), origin: cell};
  const {like, height} = readDeclaration(cell, figureLikeSpec);
  const [page, name] = like.split("#");
  const origin = cells.find((other) => other.kind === "figure" && other.page === page && other.name === name);
  if (origin === undefined)
    throw new CellError(`no page has the figure “${like}”. Correct “like”.`, cell.line);
  const spec = readDeclaration(origin, figureSpec);
  return {spec: {...spec, height: height ?? spec.height}, origin};
}

function tableNamed(name: string, {page, line}: Cell, cells: readonly Cell[]) {
  const cell = cells.find((other) => other.kind === "table" && other.page === page && other.name === name);
  if (cell === undefined)
    throw new CellError(`the page has no table “${name}”. Write it, or correct the name.`, line);
  const spec = readDeclaration(cell, tableSpec);
  if ("list" in spec)
    throw new CellError(`the table “${name}” is a list, no twin of a figure. Name another.`, line);
  return {spec, cell};
}

/** The paragraphs of a query: the column `text` of its rows. */
async function makeProse(cell: Cell, {rowsOf}: Material): Promise<MadeCell> {
  const {where} = readDeclaration(cell, proseSpec);
  const rows = select(await rowsOf(cell.name), where);
  return {html: rows.map(({text}) => textOfValue(text)).join("\n\n")};
}
