import * as Plot from "@observablehq/plot";
import {type FigureOptions, labelRoom, plotOptions} from "./style.js";

/** Quantiles of one metric over the requests of a point. */
export interface DistributionRow {
  /** The load as it stands on the axis. */
  load: string;
  p5: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
}

/** From the 5th to the 95th percentile as a line, the middle half as a bar, the median as a tick. */
export function Distribution(
  rows: readonly DistributionRow[],
  {label, by, ...options}: FigureOptions & {label: string; by: string}
): Element {
  return Plot.plot({
    ...plotOptions({...options, height: 64 + 28 * rows.length}),
    marginLeft: labelRoom(rows),
    x: {label: `${label} (ms) →`, grid: true, zero: true, ticks: 5},
    y: {type: "band", label: by, labelAnchor: "top", domain: rows.map(({load}) => load), padding: 0.4},
    marks: [
      Plot.ruleY(rows, {y: "load", x1: "p5", x2: "p95", stroke: "var(--compare-a)"}),
      Plot.barX(rows, {
        y: "load",
        x1: "p25",
        x2: "p75",
        fill: "var(--compare-a)",
        fillOpacity: 0.45,
        insetLeft: -1,
        insetRight: -1
      }),
      Plot.tickX(rows, {y: "load", x: "p50", strokeWidth: 2.5})
    ]
  });
}
