// Texts with holes: {column} for a value of the row, {{references}}, and {{#QUERY}}…{{/}} for each row of a query.

import {pieces, type Reference} from "../references.js";
import type {Where} from "./declaration.js";
import {type Row, type RowsOf, select, textOfValue} from "./rows.js";

const HOLE = /(?<!\{)\{([a-z_]\w*)\}/gi;

/** Replaces `{column}` by the row's value. An unknown column stays, for a later check to report. */
export function fillRow(template: string, row: Row): string {
  return template.replace(HOLE, (source, column: string) =>
    Object.hasOwn(row, column) ? textOfValue(row[column]) : source
  );
}

const loop = /\{\{#(\w+)((?:\s+\w+=\S+?)*)(?:\s+by\s+"([^"]*)")?\}\}(.*?)\{\{\/\}\}/gs;

/** The columns in which all rows agree, with their values; empty without rows. */
function sharedColumns(rows: readonly Row[]): Row {
  const [first = {}] = rows;
  return Object.fromEntries(
    Object.entries(first).filter(([column, value]) => rows.every((row) => row[column] === value))
  );
}

/**
 * Replaces `{column}` by the value that all rows of a cell share.
 * @throws Error if they differ, or have no such column
 */
export function fillShared(template: string, rows: readonly Row[]): string {
  const shared = sharedColumns(rows);
  for (const [hole, column = ""] of template.matchAll(HOLE)) {
    if (!Object.hasOwn(shared, column))
      throw new Error(
        `“${hole}” has no value: the rows differ in that column, or have no such column. Correct it.`
      );
  }
  return fillRow(template, shared);
}

/**
 * Unrolls the loops of a text: repeats what is between `{{#NAME column=value by "; "}}` and `{{/}}` for each of
 * those rows, joined by commas unless `by` says otherwise.
 * @param own the rows of the cell: a loop can name them `rows`, and outside loops `{column}` is the value that all
 *   of them share
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

/** Replaces each reference by its text; an unknown one stays as it is. */
export function fillReferences(
  template: string,
  write: (reference: Reference) => string | undefined
): string {
  return pieces(template)
    .map((piece) => (piece.kind === "reference" ? (write(piece.reference) ?? piece.source) : piece.source))
    .join("");
}
