import * as Plot from "@observablehq/plot";
import {type FigureOptions, plotOptions} from "./style.js";

/** Quantiles of one metric over the requests of a point. */
export interface DistributionRow {
  concurrency: number;
  p5: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
}

/** From the 5th to the 95th percentile as a line, the middle half as a bar, the median as a tick. */
export function Distribution(
  rows: readonly DistributionRow[],
  {label, ...options}: FigureOptions & {label: string}
): Element {
  return Plot.plot({
    ...plotOptions({...options, height: 64 + 28 * rows.length}),
    x: {label: `${label} (ms) →`, grid: true, zero: true, ticks: 5},
    y: {type: "band", label: "Concurrency", domain: rows.map(({concurrency}) => concurrency), padding: 0.4},
    marks: [
      Plot.ruleY(rows, {y: "concurrency", x1: "p5", x2: "p95", stroke: "var(--compare-a)"}),
      Plot.barX(rows, {
        y: "concurrency",
        x1: "p25",
        x2: "p75",
        fill: "var(--compare-a)",
        fillOpacity: 0.45,
        insetLeft: -1,
        insetRight: -1
      }),
      Plot.tickX(rows, {y: "concurrency", x: "p50", strokeWidth: 2.5})
    ]
  });
}
