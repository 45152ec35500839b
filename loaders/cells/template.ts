// Texts with holes: {column} of the row at hand, {{references}}, and {{#QUERY}}…{{/}} for each row of a query.

import {pieces, type Reference} from "../references.js";
import {type Row, type RowsOf, select, textOfValue} from "./rows.js";

/** `{column}` replaced by what the row has there; an unknown column is left, and found to be unreadable. */
export function fillRow(template: string, row: Row): string {
  return template.replace(/(?<!\{)\{([a-z_]\w*)\}/gi, (source, column: string) =>
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
  const filled = fillRow(template, sharedColumns(rows));
  const [, column] = /(?<!\{)\{([a-z_]\w*)\}/i.exec(filled) ?? [];
  if (column !== undefined)
    throw new Error(
      `“{${column}}” stands for nothing: the rows differ in that column, or have none of that name. Correct it.`
    );
  return filled;
}

/**
 * Repeats what stands between `{{#NAME column=value by "; "}}` and `{{/}}` for each of those rows, joined by
 * commas unless something else is said. The name `rows` stands for the rows of the cell itself.
 */
export async function fillLoops(template: string, rowsOf: RowsOf, own: readonly Row[] = []): Promise<string> {
  const parts: string[] = [];
  let end = 0;
  for (const match of template.matchAll(loop)) {
    const [source, name = "", conditions = "", by = ", ", item = ""] = match;
    const where = Object.fromEntries(
      conditions
        .trim()
        .split(/\s+/)
        .filter(Boolean)
        .map((condition) => {
          const [column = "", values = ""] = condition.split("=");
          return [column, values.split(",")];
        })
    );
    const rows = select(name === "rows" ? own : await rowsOf(name), where);
    parts.push(template.slice(end, match.index), rows.map((row) => fillRow(item, row)).join(by));
    end = match.index + source.length;
  }
  return [...parts, template.slice(end)].join("");
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
