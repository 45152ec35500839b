import * as Plot from "@observablehq/plot";
import {z} from "zod";
import {extentOf, layAxis, upwards} from "./axis.js";
import {chart} from "./chart.js";
import {neutralColor} from "./colors.js";
import {load, number, positive} from "./columns.js";
import {frame} from "./frame.js";

/** A bin with a smaller share would be thinner than any line; the axis does not extend to it. */
const LEAST_SHARE = 0.001;

const ROW = 52;

/** The distribution of gaps between chunks, one row of bars for each load, on a logarithmic axis. */
export default chart({
  rows: z.array(
    z.object({
      load,
      /** The bin, in milliseconds. */
      low: positive,
      high: positive,
      /** The share of all chunks at this load. */
      share: number
    })
  ),
  options: z.strictObject({
    /** What the loads are, with their unit. */
    by: z.string()
  }),
  draw(rows, {by, ...figure}) {
    const loads = [...new Set(rows.map((row) => row.load))];
    const visible = rows.filter(({share}) => share >= LEAST_SHARE);
    const laid = frame(
      {...figure, height: 64 + ROW * loads.length},
      {
        x: {
          label: "Gap between chunks (ms)",
          scale: "log10",
          domain: extentOf(visible.flatMap(({low, high}) => [low, high]))
        },
        y: {names: loads, label: by},
        right: 52
      }
    );
    const share = layAxis(
      {label: "", percent: true, domain: [0, Math.max(...visible.map((row) => row.share))], ticks: 2},
      ROW,
      upwards
    );
    return Plot.plot({
      ...laid.plot,
      x: laid.x,
      y: {
        ...share.options,
        label: "Share of chunks (%)",
        axis: "right",
        grid: true
      },
      fy: {...laid.y, axis: "left", padding: 0.15},
      marks: [
        Plot.rect(visible, {fy: "load", x1: "low", x2: "high", y1: 0, y2: "share", fill: neutralColor(0)}),
        Plot.ruleY([0], {strokeOpacity: 0.4})
      ]
    });
  }
});
