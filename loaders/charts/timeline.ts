import * as Plot from "@observablehq/plot";
import {type FigureOptions, plotOptions} from "./style.js";

/** One request of a run; seconds from the start of the run. */
export interface TimelineRow {
  request: number;
  start: number;
  first: number | null;
  end: number;
  failed: boolean;
}

/** One line a request: pale until its first chunk, full until its last; one that failed is in the colour of loss and ends in a cross. */
export function Timeline(rows: readonly TimelineRow[], options: FigureOptions): Element {
  const color = ({failed}: TimelineRow) => (failed ? "var(--loss)" : "var(--compare-a)");
  return Plot.plot({
    ...plotOptions({...options, height: Math.min(420, 72 + 7 * rows.length)}),
    x: {label: "Seconds since the start of the run →", grid: true, zero: true, ticks: 6},
    y: {label: "Request, in order of start", type: "point", ticks: [], labelAnchor: "top"},
    marks: [
      Plot.ruleY(rows, {
        y: "request",
        x1: "start",
        x2: (d: TimelineRow) => d.first ?? d.end,
        stroke: color,
        strokeWidth: 4,
        strokeOpacity: 0.35
      }),
      Plot.ruleY(rows, {
        y: "request",
        x1: (d: TimelineRow) => d.first ?? d.end,
        x2: "end",
        stroke: color,
        strokeWidth: 4
      }),
      Plot.dot(rows, {
        filter: "failed",
        x: "end",
        y: "request",
        symbol: "times",
        r: 3.5,
        stroke: "var(--loss)",
        strokeWidth: 2
      })
    ]
  });
}
