// Cells are the fenced blocks of a page. Each declares what the page shows, in the place where it shows it.
//
//   ```sql NAME         a query; the site ships it, and other cells can use its rows
//   ```table NAME       a table: its rows, and the content of each column
//   ```figure NAME      a drawing: a chart, its rows, its words, and the same as a table
//   ```explorable NAME  an interactive drawing
//   ```prose NAME       paragraphs written by a query
//   ```claims           the claims whose ids the body lists
//
// The body of a table, figure or explorable is YAML; its caption follows a line “---”.

import {createHash} from "node:crypto";

/** A fenced block of a page. */
export interface Cell {
  /** The first word of the fence: `table`, `figure`, `sql` … */
  kind: string;
  /** The second word; empty if there is none. */
  name: string;
  /** The text between the fences. */
  body: string;
  /** The page's path below src/, without extension. */
  page: string;
  /** Its file, relative to src/; pages that differ by parameters share one. */
  file: string;
  /** The line of the opening fence, counted from 1. */
  line: number;
}

/** The kinds of cell that are made from rows before a page is rendered. */
export const MADE_KINDS: readonly string[] = ["table", "figure", "explorable", "prose"];

/** The cells of a page, in order. */
export function cellsOf({page, source, file}: Pick<Cell, "page" | "file"> & {source: string}): Cell[] {
  const cells: Cell[] = [];
  let open: (Cell & {marker: string; lines: string[]}) | undefined;
  for (const [i, line] of source.split("\n").entries()) {
    if (open !== undefined) {
      if (new RegExp(`^${open.marker}+\\s*$`).test(line)) {
        const {kind, name, lines, line: start} = open;
        cells.push({kind, name, page, file, line: start, body: lines.map((each) => `${each}\n`).join("")});
        open = undefined;
      } else open.lines.push(line);
      continue;
    }
    const [, marker, kind = "", name = ""] = /^(`{3,}|~{3,})\s*(\S*)\s*(\S*)/.exec(line) ?? [];
    if (marker !== undefined) open = {kind, name, body: "", page, file, line: i + 1, marker, lines: []};
  }
  return cells;
}

/**
 * The key under which a cell's output is kept: everything it depends on besides the data. A caption counts only where
 * rows fill holes in it.
 */
export function keyOf({kind, name, body, page}: Pick<Cell, "kind" | "name" | "body" | "page">): string {
  const {declaration, caption} = partsOf(body);
  const made = hasHoles(caption) ? body : declaration;
  return createHash("sha256").update([kind, name, page, made].join("\n")).digest("hex").slice(0, 16);
}

/** Whether a text has holes that rows fill: `{column}`, or a loop. */
export function hasHoles(text: string): boolean {
  return /(?<!\{)\{\w+\}|\{\{#/.test(text);
}

/** The YAML of a cell and, after the line “---”, its caption. */
export function partsOf(body: string): {declaration: string; caption: string} {
  const [declaration = "", ...rest] = body.split(/^---[ \t]*$/m);
  return {declaration, caption: rest.join("---").trim()};
}
