import * as Plot from "@observablehq/plot";
import {z} from "zod";
import {extentOf} from "./axis.js";
import {chart} from "./chart.js";
import {neutralColor} from "./colors.js";
import {load, number} from "./columns.js";
import {frame} from "./frame.js";

/** Distributions: a line from the 5th to the 95th percentile, a bar for the middle half, a tick for the median. */
export default chart({
  rows: z.array(z.object({load, p5: number, p25: number, p50: number, p75: number, p95: number})),
  options: z.strictObject({
    /** What the horizontal axis shows, with its unit. */
    label: z.string(),
    /** What the loads are, with their unit. */
    by: z.string()
  }),
  draw(rows, {label, by, ...figure}) {
    const laid = frame(
      {...figure, height: 64 + 28 * rows.length},
      {
        x: {label, domain: extentOf([0, ...rows.flatMap(({p5, p95}) => [p5, p95])])},
        y: {names: rows.map((row) => row.load), label: by}
      }
    );
    return Plot.plot({
      ...laid.plot,
      x: {...laid.x, grid: true},
      y: {...laid.y, type: "band", padding: 0.4},
      marks: [
        Plot.ruleY(rows, {y: "load", x1: "p5", x2: "p95", stroke: neutralColor(0)}),
        Plot.barX(rows, {
          y: "load",
          x1: "p25",
          x2: "p75",
          fill: neutralColor(0),
          fillOpacity: 0.45,
          insetLeft: -1,
          insetRight: -1
        }),
        Plot.tickX(rows, {y: "load", x: "p50", strokeWidth: 2.5})
      ]
    });
  }
});
