import * as Plot from "@observablehq/plot";
import {type FigureOptions, plotOptions} from "./style.js";

/** A bin of the histogram of gaps between the chunks of one request. */
export interface GapRow {
  concurrency: number;
  low: number;
  high: number;
  /** Of all chunks at this concurrency. */
  share: number;
}

/** How the gaps between chunks are spread, one row of bars a concurrency, on a logarithmic axis. */
export function Gaps(rows: readonly GapRow[], options: FigureOptions): Element {
  const concurrencies = [...new Set(rows.map(({concurrency}) => concurrency))].sort((a, b) => a - b);
  return Plot.plot({
    ...plotOptions({...options, height: 64 + 44 * concurrencies.length}),
    x: {
      type: "log",
      label: "Gap between chunks (ms) →",
      ticks: 4,
      tickFormat: (value: number) => String(value)
    },
    y: {axis: null},
    fy: {label: "Concurrency", domain: concurrencies, axis: "left", padding: 0.15},
    marks: [
      Plot.rect(rows, {
        fy: "concurrency",
        x1: "low",
        x2: "high",
        y1: 0,
        y2: "share",
        fill: "var(--compare-a)"
      }),
      Plot.ruleY([0], {strokeOpacity: 0.4})
    ]
  });
}
