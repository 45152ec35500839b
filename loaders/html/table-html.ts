import type {Source} from "../evidence/schema.js";
import {type Fact, familyOf} from "../facts/read-facts.js";
import {factHtml, intervalHtml, linkHtml} from "./fact-html.js";
import {attributes, breakable, type Content, type Html, html, joined} from "./html.js";

/**
 * A cell of a table: a fact (marked ≈ if it is derived but shown among printed values), its interval, a text, a link
 * to a source or to a page, or nothing.
 */
export type Cell =
  | {fact: string; derived?: true}
  | {interval: string}
  | {text: string}
  | {link: string}
  | {text: string; page: string}
  | null;

/** A table; the first cell of each row is its heading. */
export interface TableModel {
  /** Screen readers say it before the table; it also says what the numbers are. */
  label: string;
  columns: string[];
  rows: Cell[][];
  /** In this many leading columns, a cell that repeats the one above is merged with it. */
  merged?: number;
}

/** Where the content of cells is looked up. */
export interface CellMaterial {
  facts: ReadonlyMap<string, Fact>;
  sources: readonly Source[];
}

/** What is wrong with a table that names families without a query: its cells would be empty. */
export function tableFaults({rows}: TableModel, {facts}: Pick<CellMaterial, "facts">): string[] {
  const families = new Set(Array.from(facts.values(), ({family}) => family));
  const named = rows.flat().flatMap((cell) => {
    if (cell === null) return [];
    if ("fact" in cell) return familyOf(cell.fact);
    return "interval" in cell ? familyOf(cell.interval) : [];
  });
  const unknown = [...new Set(named.filter((family) => !families.has(family)))];
  if (unknown.length === 0) return [];
  return [
    `its cells name the unknown ${unknown.length === 1 ? "fact" : "facts"} ${unknown.join(", ")}. Correct them; npm run --silent facts lists all.`
  ];
}

/**
 * The table as HTML. A fact that its family lacks shows as “—”. A unit shared by all numbers of a column moves to its
 * heading. On narrow screens an interval is below its value.
 */
export function tableHtml({label, columns, rows, merged = 0}: TableModel, material: CellMaterial): Html {
  const units = columns.map((_, i) => unitOf(columnOf(rows, i), material.facts));
  const intervals = columns.map((_, i) => intervalAfter(rows, i));
  const classes = columns.map((_, i) => {
    const names = [
      i > 0 && isNumeric(columnOf(rows, i)) && "number",
      i > 0 && isProse(columnOf(rows, i)) && "prose",
      intervals.includes(i) && "wide"
    ].filter((name) => name !== false);
    return names.length > 0 ? names.join(" ") : undefined;
  });
  const under = (content: Content) => html`<span class="under">${content}</span>`;
  const head = columns.map((column, i) => {
    const interval = columns[intervals[i] ?? -1];
    const below = interval !== undefined && under(interval);
    return html`<th scope="col"${attributes({class: classes[i]})}>${headHtml(column, units[i])}${below}</th>`;
  });
  const body = rows.map((row, at) => {
    const cells = row.map((cell, i) => {
      const span = i < merged ? spanAt(rows, at, i) : 1;
      if (span === 0) return null;
      const rowspan = span > 1 ? span : undefined;
      const interval = row[intervals[i] ?? -1] ?? null;
      const isKnown =
        interval !== null && (!("interval" in interval) || material.facts.has(interval.interval));
      const content = [cellHtml(cell, material, units[i]), isKnown && under(cellHtml(interval, material))];
      return i === 0
        ? html`<th scope="row"${attributes({rowspan})}>${content}</th>`
        : html`<td${attributes({rowspan, class: classes[i]})}>${content}</td>`;
    });
    return html`<tr>${cells}</tr>`;
  });
  return html`<div class="scroll" role="group" aria-label="${label}" tabindex="0">
<table aria-label="${label}">
<thead><tr>${head}</tr></thead>
<tbody>
${joined(body, "\n")}
</tbody>
</table>
</div>`;
}

function columnOf(rows: readonly Cell[][], i: number): Cell[] {
  return rows.map((row) => row[i] ?? null);
}

/** The unit shared by all numbers of a column. A percent sign belongs to the number and is not a unit. */
function unitOf(column: readonly Cell[], facts: CellMaterial["facts"]): string | undefined {
  const units = new Set<string | undefined>();
  for (const cell of column) {
    if (cell === null) continue;
    if (!("fact" in cell)) return;
    const fact = facts.get(cell.fact);
    if (fact !== undefined) units.add(fact.format.scale === "percent" ? "%" : fact.format.unit);
  }
  const [unit] = units;
  return units.size === 1 && unit !== "%" ? unit : undefined;
}

/** The next column, if it holds only the intervals of the facts in this one. */
function intervalAfter(rows: readonly Cell[][], i: number): number | undefined {
  const pairs = rows.map((row) => ({cell: row[i] ?? null, next: row[i + 1] ?? null}));
  const isInterval = (cell: Cell) => cell !== null && "interval" in cell;
  const areOwn = pairs.every(
    ({cell, next}) =>
      next === null ||
      !("interval" in next) ||
      (cell !== null && "fact" in cell && cell.fact === next.interval)
  );
  return areOwn && pairs.some(({next}) => isInterval(next)) ? i + 1 : undefined;
}

/** The heading of a column, with its unit. “Concurrency” is abbreviated where there is no room for it. */
function headHtml(column: string, unit: string | undefined): Content {
  if (column === "Concurrency") return html`C<span class="room">oncurrency</span>`;
  const isNamed =
    unit === undefined ||
    column
      .toLowerCase()
      .split(/[\s,]+/)
      .includes(unit.toLowerCase());
  return isNamed ? column : html`${column} <span class="unbroken">(${unit})</span>`;
}

/** How many rows a cell of a merged column spans; 0 if it repeats the cell above. */
function spanAt(rows: readonly Cell[][], at: number, column: number): number {
  const beginning = (row: Cell[] | undefined) => JSON.stringify(row?.slice(0, column + 1));
  const own = beginning(rows[at]);
  if (at > 0 && beginning(rows[at - 1]) === own) return 0;
  const next = rows.findIndex((row, i) => i > at && beginning(row) !== own);
  return (next < 0 ? rows.length : next) - at;
}

/** Whether a column holds only facts, intervals, counts and empty cells. */
function isNumeric(column: readonly Cell[]): boolean {
  const cells = column.filter((cell) => cell !== null);
  return (
    cells.length > 0 &&
    cells.every((cell) => "fact" in cell || "interval" in cell || ("text" in cell && /^\d+$/.test(cell.text)))
  );
}

/** Whether a column holds sentences, which need room. */
function isProse(column: readonly Cell[]): boolean {
  return column.some((cell) => cell !== null && "text" in cell && cell.text.endsWith("."));
}

function cellHtml(cell: Cell, {facts, sources}: CellMaterial, unit?: string): Content {
  if (cell === null) return "—";
  if ("page" in cell) return html`<a href="${cell.page}">${cell.text}</a>`;
  // A name may break after its underscores and slashes.
  if ("text" in cell) return breakable(cell.text, /(?<=\w[_/])(?=\w{3})/);
  if ("link" in cell) {
    const source = sources.find(({id}) => id === cell.link);
    return source === undefined ? cell.link : linkHtml(source);
  }
  const fact = facts.get("fact" in cell ? cell.fact : cell.interval);
  if (fact === undefined) return "—";
  if ("interval" in cell) return intervalHtml(fact);
  const number = factHtml(fact, unit);
  return cell.derived ? html`<i>≈ ${number}</i>` : number;
}
