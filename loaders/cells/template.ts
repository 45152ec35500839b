// Texts with holes: {column} of the row at hand, {{references}}, and {{#rows}}…{{/}} for each row of a query.

import {pieces, type Reference} from "../references.js";
import {type Row, type RowsOf, select, textOfValue} from "./rows.js";

/** `{column}` replaced by what the row has there; an unknown column is left, and found to be unreadable. */
export function fillRow(template: string, row: Row): string {
  return template.replace(/(?<!\{)\{([a-z_]\w*)\}/gi, (source, column: string) =>
    Object.hasOwn(row, column) ? textOfValue(row[column]) : source
  );
}

const loop = /\{\{#(\w+)((?:\s+\w+=\S+?)*)(?:\s+by\s+"([^"]*)")?\}\}(.*?)\{\{\/\}\}/gs;

/**
 * Repeats what stands between `{{#NAME column=value by "; "}}` and `{{/}}` for each of those rows, joined by
 * commas unless something else is said.
 */
export async function fillLoops(template: string, rowsOf: RowsOf): Promise<string> {
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
    const rows = select(await rowsOf(name), where);
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
