// Names of lines in the right margin, each level with the end of its line.
import * as Plot from "@observablehq/plot";
import {spread} from "../src/benchbook/spread.js";
import {EDGE, type Frame, NAMES_SHARE} from "./frame.js";
import {fitted, textWidth} from "./text-width.js";

/** A name, and the value that it is level with. */
export interface EndName {
  label: string;
  color: string;
  value: number;
  /** Bold by default. */
  weight?: "normal" | "bold";
}

const OFFSET = 10;
const LINE = 15;

/** What names need from a frame: room on its right, and height. */
export function roomOfNames(labels: readonly string[], width: number): {right: number; innerHeight: number} {
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, "bold")));
  const right = Math.ceil(OFFSET + Math.min(NAMES_SHARE * width, widest) + EDGE);
  return {right, innerHeight: labels.length * heightOf(labels, right)};
}

/** From one name to the next. */
function heightOf(labels: readonly string[], right: number): number {
  return LINE * Math.max(1, ...labels.map((label) => lines(label, right).length));
}

function lines(label: string, right: number): string[] {
  return fitted(label, right - OFFSET - EDGE, {weight: "bold"});
}

/** Plot marks for the names. Names that would overlap move apart; none leaves the frame. */
export function endNames(names: readonly EndName[], {plot, innerHeight, toY}: Frame): Plot.Markish[] {
  const height = heightOf(
    names.map(({label}) => label),
    plot.marginRight
  );
  /** The first line of the topmost name may be level with the frame's edge, and so may the very last line. */
  const inset = (height - LINE) / 2;
  const places = spread(
    names.map(({value}) => toY(value)),
    height,
    [inset, innerHeight - inset]
  );
  return names.map(({label, color, weight = "bold"}, i) =>
    Plot.text([lines(label, plot.marginRight).join("\n")], {
      frameAnchor: "top-right",
      text: (d: string) => d,
      lineAnchor: "middle",
      textAnchor: "start",
      dx: OFFSET,
      dy: places[i] ?? 0,
      fill: color,
      fontWeight: weight === "bold" ? 600 : 400
    })
  );
}

/** Groups rows into lines, in order of appearance, each sorted by load. */
export function inLines<Row>(
  rows: readonly Row[],
  lineOf: (row: Row) => string,
  loadOf: (row: Row) => number
): Row[][] {
  const ids = [...new Set(rows.map(lineOf))];
  return ids.map((id) => rows.filter((row) => lineOf(row) === id).sort((a, b) => loadOf(a) - loadOf(b)));
}

/** The last row of each line. */
export function endsOf<Row>(lines: readonly (readonly Row[])[]): Row[] {
  return lines.flatMap((rows) => rows.slice(-1));
}
