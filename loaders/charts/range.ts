import * as Plot from "@observablehq/plot";
import {z} from "zod";
import {extentOf} from "./axis.js";
import {chart} from "./chart.js";
import {neutralColor} from "./colors.js";
import {number} from "./columns.js";
import {frame} from "./frame.js";

/** Estimates with two nested intervals, one to a row: a dot, a thick line and a thin one. */
export default chart({
  rows: z.array(
    z.object({
      label: z.string(),
      value: number,
      low: number,
      high: number,
      outer_low: number,
      outer_high: number
    })
  ),
  options: z.strictObject({
    /** What the horizontal axis shows, with its unit. */
    label: z.string(),
    /** Values to compare the estimates with, each a dashed line. */
    references: z.array(number).default([]),
    /** The series that gives the thick line its colour. */
    series: z.string().optional()
  }),
  draw(rows, {label, references, series, ...figure}) {
    const laid = frame(figure, {
      x: {
        label,
        domain: extentOf([
          ...references,
          ...rows.flatMap(({low, high, outer_low, outer_high}) => [low, high, outer_low, outer_high])
        ]),
        ticks: 4
      },
      y: {names: rows.map((row) => row.label)},
      height: 68 + rows.length * 26,
      top: 20
    });
    const isColored = series !== undefined && figure.colored.has(series);
    return Plot.plot({
      ...laid.plot,
      x: {...laid.x, grid: true},
      y: laid.y,
      marks: [
        Plot.ruleY(rows, {y: "label", x1: "outer_low", x2: "outer_high", strokeOpacity: 0.45}),
        Plot.ruleY(rows, {
          y: "label",
          x1: "low",
          x2: "high",
          stroke: isColored ? `var(--series-${series})` : neutralColor(0),
          strokeWidth: 6,
          strokeOpacity: 0.5
        }),
        Plot.dot(rows, {x: "value", y: "label", fill: "currentColor", r: 2}),
        Plot.ruleX(references, {strokeDasharray: "4 3"})
      ]
    });
  }
});
