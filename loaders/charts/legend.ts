import * as Plot from "@observablehq/plot";
import {fitted, textWidth} from "./text-width.js";

/** What one colour of a figure stands for. */
export interface LegendEntry {
  label: string;
  color: string;
}

/** From the left of an entry to its text. */
const SQUARE = 16;
/** Between entries. */
const GAP = 14;
export const LEGEND_LINE = 18;

/** Lays out entries in lines no longer than the width; their places count from the top left. */
function placed(entries: readonly LegendEntry[], width: number): (LegendEntry & {x: number; line: number})[] {
  let x = 0;
  let line = 0;
  return entries.map(({label: whole, color}) => {
    const label = fitted(whole, width - SQUARE, {lines: 1}).join();
    const length = SQUARE + textWidth(label);
    if (x > 0 && x + length > width) {
      x = 0;
      line += 1;
    }
    const place = {label, color, x, line};
    x += length + GAP;
    return place;
  });
}

/** How many lines a legend takes at a width. */
export function legendLines(entries: readonly LegendEntry[], width: number): number {
  return Math.max(...placed(entries, width).map(({line}) => line)) + 1;
}

/** Plot marks for a legend above the frame; its last line is `bottom` pixels above the frame. */
export function legend(entries: readonly LegendEntry[], width: number, bottom: number): Plot.Markish[] {
  const lines = legendLines(entries, width);
  return placed(entries, width).flatMap(({label, color, x, line}) => {
    const dy = -bottom - (lines - 1 - line) * LEGEND_LINE;
    return [
      Plot.dot([0], {frameAnchor: "top-left", dx: x + 5, dy, r: 5, symbol: "square", fill: color}),
      Plot.text([label], {frameAnchor: "top-left", lineAnchor: "middle", dx: x + SQUARE, dy, text: (d) => d})
    ];
  });
}
