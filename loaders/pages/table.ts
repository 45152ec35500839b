import type {Source} from "../evidence/schema.js";
import {type Fact, familyOf} from "../facts/read.js";
import type {Fault} from "../faults.js";
import {escapeHtml, factHtml, intervalHtml, linkHtml} from "./html.js";

/** A cell of a table: a fact (marked ≈ if it stands among printed values and is derived), its interval, a text, a link to a source or to a page, or nothing to show. */
export type Cell =
  | {fact: string; derived?: true}
  | {interval: string}
  | {text: string}
  | {link: string}
  | {text: string; page: string}
  | null;

/** A table as the pages show it; the first cell of each row is its heading. */
export interface TableModel {
  /** Read out before the table; also tells what the numbers are. */
  label: string;
  columns: string[];
  rows: Cell[][];
}

/** What cells are looked up in. */
export interface CellMaterial {
  facts: ReadonlyMap<string, Fact>;
  sources: readonly Source[];
}

/** A fault for a table whose cells name families that no query yields: its cells would be empty. */
export function tableFaults(name: string, {rows}: TableModel, {facts}: CellMaterial): Fault[] {
  const families = new Set(Array.from(facts.values(), ({family}) => family));
  const unknown = new Set(
    rows.flat().flatMap((cell) => {
      const id =
        cell === null
          ? undefined
          : "fact" in cell
            ? cell.fact
            : "interval" in cell
              ? cell.interval
              : undefined;
      return id === undefined || families.has(familyOf(id)) ? [] : [familyOf(id)];
    })
  );
  if (unknown.size === 0) return [];
  const message = `its cells name the unknown ${unknown.size === 1 ? "fact" : "facts"} ${[...unknown].join(", ")}. Correct them; npm run --silent facts lists all.`;
  return [{file: "loaders/pages", place: `table “${name}”`, message}];
}

/** The table as HTML. A cell whose fact its family does not have is left as “—”. */
export function tableHtml({label, columns, rows}: TableModel, material: CellMaterial): string {
  const classes = columns.map((_, i) =>
    isNumeric(rows.map((row) => row[i] ?? null)) ? ' class="number"' : ""
  );
  const head = columns.map((column, i) => `<th scope="col"${classes[i]}>${escapeHtml(column)}</th>`);
  const body = rows.map(([first = null, ...rest]) => {
    const cells = rest.map((cell, i) => `<td${classes[i + 1] ?? ""}>${cellHtml(cell, material)}</td>`);
    return `<tr><th scope="row">${cellHtml(first, material)}</th>${cells.join("")}</tr>`;
  });
  return `<div class="scroll" role="group" aria-label="${escapeHtml(label)}" tabindex="0">
<table aria-label="${escapeHtml(label)}">
<thead><tr>${head.join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table>
</div>`;
}

/** Whether a column holds facts and intervals alone; a row may have nothing to show there. */
function isNumeric(column: readonly Cell[]): boolean {
  const cells = column.filter((cell) => cell !== null);
  return cells.length > 0 && cells.every((cell) => "fact" in cell || "interval" in cell);
}

function cellHtml(cell: Cell, {facts, sources}: CellMaterial): string {
  if (cell === null) return "—";
  if ("page" in cell) return `<a href="${escapeHtml(cell.page)}">${escapeHtml(cell.text)}</a>`;
  if ("text" in cell) return escapeHtml(cell.text);
  if ("link" in cell) {
    const source = sources.find(({id}) => id === cell.link);
    return source === undefined ? escapeHtml(cell.link) : linkHtml(source);
  }
  const fact = facts.get("fact" in cell ? cell.fact : cell.interval);
  if (fact === undefined) return "—";
  if ("interval" in cell) return intervalHtml(fact);
  return cell.derived ? `<i>≈ ${factHtml(fact)}</i>` : factHtml(fact);
}

/** A setting of a series card: a fact if it is a number. */
export function settingCell({facts}: CellMaterial, series: string, field: string, text: string | null): Cell {
  const fact = `setting_number.${series}.${field}`;
  return facts.has(fact) ? {fact} : {text: text ?? "not stated"};
}
