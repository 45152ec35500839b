import * as Plot from "@observablehq/plot";
import {z} from "zod";
import {extentOf} from "./axis.js";
import {chart} from "./chart.js";
import {neutralColor} from "./colors.js";
import {noOptions, number} from "./columns.js";
import {frame} from "./frame.js";

const row = z.object({
  request: number,
  /** Seconds from the start of the run. */
  start: number,
  /** When its first chunk came, if known. */
  first: number.nullish(),
  end: number,
  failed: z.boolean()
});
type Row = z.infer<typeof row>;

/**
 * One line for each request: pale until its first chunk, full until its last. A failed request has the colour of
 * loss and ends in a cross.
 */
export default chart({
  rows: z.array(row),
  options: noOptions,
  draw(rows, figure) {
    const color = ({failed}: Row) => (failed ? "var(--loss)" : neutralColor(0));
    const laid = frame(
      {...figure, height: Math.min(420, 72 + 7 * rows.length)},
      {
        x: {
          label: "Seconds since the start of the run",
          domain: extentOf([0, ...rows.flatMap(({start, end}) => [start, end])]),
          ticks: 6
        },
        y: {names: [], label: "Request, in order of start"}
      }
    );
    return Plot.plot({
      ...laid.plot,
      x: {...laid.x, grid: true},
      y: {label: laid.y.label, type: "point", ticks: [], labelAnchor: "top"},
      marks: [
        Plot.ruleY(rows, {
          y: "request",
          x1: "start",
          x2: (d: Row) => d.first ?? d.end,
          stroke: color,
          strokeWidth: 4,
          strokeOpacity: 0.35
        }),
        Plot.ruleY(rows, {
          y: "request",
          x1: (d: Row) => d.first ?? d.end,
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
});
