// Texts with holes: {column} of the row at hand, {{references}}, and {{#QUERY}}…{{/}} for each row of a query.

import {pieces, type Reference} from "../references.js";
import type {Where} from "./declaration.js";
import {type Row, type RowsOf, select, textOfValue} from "./rows.js";

const HOLE = /(?<!\{)\{([a-z_]\w*)\}/gi;

/** `{column}` replaced by what the row has there; an unknown column is left, and found to be unreadable. */
export function fillRow(template: string, row: Row): string {
  return template.replace(HOLE, (source, column: string) =>
    Object.hasOwn(row, column) ? textOfValue(row[column]) : source
  );
}

const loop = /\{\{#(\w+)((?:\s+\w+=\S+?)*)(?:\s+by\s+"([^"]*)")?\}\}(.*?)\{\{\/\}\}/gs;

/** The columns in which some rows are alike; where there is no row, none. */
export function sharedColumns(rows: readonly Row[]): Row {
  const [first = {}] = rows;
  return Object.fromEntries(
    Object.entries(first).filter(([column, value]) => rows.every((row) => row[column] === value))
  );
}

/**
 * `{column}` replaced by what all rows of a cell have there.
 * @throws Error where they differ, or have no such column
 */
export function fillShared(template: string, rows: readonly Row[]): string {
  const shared = sharedColumns(rows);
  for (const [hole, column = ""] of template.matchAll(HOLE)) {
    if (!Object.hasOwn(shared, column))
      throw new Error(
        `“${hole}” stands for nothing: the rows differ in that column, or have none of that name. Correct it.`
      );
  }
  return fillRow(template, shared);
}

/**
 * A text with its loops unrolled: what stands between `{{#NAME column=value by "; "}}` and `{{/}}` once for each
 * of those rows, joined by commas unless something else is said.
 * @param own the rows of the cell: in a loop the name `rows` stands for them, and beside loops `{column}` for
 *   what all of them have there
 */
export async function fillLoops(template: string, rowsOf: RowsOf, own?: readonly Row[]): Promise<string> {
  const beside = (text: string) => (own === undefined ? text : fillShared(text, own));
  const parts: string[] = [];
  let end = 0;
  for (const match of template.matchAll(loop)) {
    const [source, name = "", conditions = "", by = ", ", item = ""] = match;
    const rows = name === "rows" && own !== undefined ? own : await rowsOf(name);
    const items = select(rows, whereOf(conditions)).map((row) => fillRow(item, row));
    parts.push(beside(template.slice(end, match.index)), items.join(by));
    end = match.index + source.length;
  }
  return [...parts, beside(template.slice(end))].join("");
}

function whereOf(conditions: string): Where {
  return Object.fromEntries(
    conditions
      .trim()
      .split(/\s+/)
      .filter(Boolean)
      .map((condition) => {
        const [column = "", values = ""] = condition.split("=");
        return [column, values.split(",")];
      })
  );
}

/** The text with each reference replaced by what it is called; one that nothing is known of stays as it was. */
export function fillReferences(
  template: string,
  write: (reference: Reference) => string | undefined
): string {
  return pieces(template)
    .map((piece) => (piece.kind === "reference" ? (write(piece.reference) ?? piece.source) : piece.source))
    .join("");
}
