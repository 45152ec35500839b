import type {Fault} from "../errors/faults.js";
import {factsHtml} from "../html/facts-html.js";
import {claimsHtml} from "../html/ledger-html.js";
import type {MadeCell} from "../html/printed.js";
import {tableFaults, tableHtml} from "../html/table-html.js";
import {type Reference, references} from "../references.js";
import {type Cell, partsOf} from "./cell.js";
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
import {type Row, select, textOfValue} from "./rows.js";
import {tableModel} from "./table-cell.js";
import {fillShared} from "./template.js";

/** What cells are made from. */
export interface Makers {
  material: Material;
  explorableOf: ExplorableOf;
  /** All cells of the report, since a cell may refer to another. */
  cells: readonly Cell[];
}

/** Makes a cell. One that cannot be made is empty, and its fault says why. */
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
  if (cell.kind === "prose") return makeProse(cell, makers.material);
  const explorable = await makers.explorableOf(cell.name);
  if (explorable === undefined)
    throw new Error(
      `no explorable is called “${cell.name}”. Write src/explorables/${cell.name}.ts, or correct the name.`
    );
  const {data} = readDeclaration(cell, explorableSpec);
  const html = explorableHtml(explorable, await resolveOptions(data, makers.material));
  return {made: {html, caption: partsOf(cell.body).caption}, faults: []};
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
    return {made: {html: String(html)}, faults: []};
  }
  const {model, rows} = await tableModel(spec, material, cell.line);
  if (rows.length === 0) return {made: {html: ""}, faults: []};
  const faults = tableFaults(model, material).map((message) => cellFault(cell, new Error(message)));
  const html = String(tableHtml(model, {facts: material.facts, sources: material.evidence.sources}));
  const caption = captionOf(cell, rows);
  return {made: {html, caption}, faults: [...faults, ...unknownNames(cell, caption, material)]};
}

function captionOf({body}: Cell, rows: readonly Row[]): string {
  return fillShared(partsOf(body).caption, rows);
}

/** A fault for each unknown name in Markdown that was made from rows. */
function unknownNames(cell: Cell, markdown: string, material: Material): Fault[] {
  return references(markdown)
    .filter((reference) => !isKnown(material, reference))
    .map((reference) => {
      const name = "id" in reference ? reference.id : reference.name;
      return cellFault(cell, new Error(`its rows name the unknown “${name}”. Correct the query.`));
    });
}

function isKnown({facts, texts, links, claims}: Material, reference: Reference): boolean {
  if (reference.kind === "fact") return facts.has(reference.id);
  if (reference.kind === "claim") return claims.some(({id}) => id === reference.id);
  return Object.hasOwn(reference.kind === "text" ? texts : links, reference.name);
}

async function makeFigure(cell: Cell, makers: Makers): Promise<{made: MadeCell; faults: Fault[]}> {
  const {spec, origin} = figureOf(cell, makers.cells);
  const {html, rows} = await figureHtml(spec, makers.material);
  if (html === "") return {made: {html}, faults: []};
  const table =
    typeof spec.table === "string"
      ? tableNamed(spec.table, origin, makers.cells)
      : {spec: spec.table, cell: origin};
  const {model} = await tableModel(table.spec, makers.material, table.cell.line);
  const faults =
    typeof spec.table === "string"
      ? []
      : tableFaults(model, makers.material).map((message) => cellFault(cell, new Error(message)));
  const twin = String(
    tableHtml(model, {facts: makers.material.facts, sources: makers.material.evidence.sources})
  );
  const caption = captionOf(cell, rows);
  const made = {
    html,
    twin,
    caption,
    ...(typeof spec.table === "string" && {table: spec.table})
  };
  return {made, faults: [...faults, ...unknownNames(cell, caption, makers.material)]};
}

/** What a figure declares, and the cell that declares it: this one, or the one it is `like`. */
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
async function makeProse(cell: Cell, material: Material): Promise<{made: MadeCell; faults: Fault[]}> {
  const {where} = readDeclaration(cell, proseSpec);
  const rows = select(await material.rowsOf(cell.name), where);
  const markdown = rows.map(({text}) => textOfValue(text)).join("\n\n");
  return {made: {html: markdown}, faults: unknownNames(cell, markdown, material)};
}
