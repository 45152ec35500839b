import * as Plot from "@observablehq/plot";
import {type FigureOptions, labelRoom, plotOptions} from "./style.js";

/** A bin of the histogram of gaps between the chunks of one request. */
export interface GapRow {
  /** The load as it stands on the axis. */
  load: string;
  low: number;
  high: number;
  /** Of all chunks at this load. */
  share: number;
}

/** A bin with fewer chunks is thinner than a line can be drawn; the axis does not reach out for it. */
export const LEAST_SHARE = 0.001;

/** How the gaps between chunks are spread, one row of bars a load, on a logarithmic axis. */
export function Gaps(rows: readonly GapRow[], {by, ...options}: FigureOptions & {by: string}): Element {
  const loads = [...new Set(rows.map(({load}) => load))];
  const visible = rows.filter(({share}) => share >= LEAST_SHARE);
  const [marginLeft, marginRight] = [labelRoom(rows), 52];
  return Plot.plot({
    ...plotOptions({...options, height: 64 + 52 * loads.length}),
    marginLeft,
    marginRight,
    x: {
      type: "log",
      label: "Gap between chunks (ms) →",
      ticks: Math.max(2, Math.min(4, Math.round((options.width - marginLeft - marginRight) / 60))),
      tickFormat: (value: number) => String(value)
    },
    y: {label: "Share of chunks (%)", percent: true, axis: "right", ticks: 2, grid: true},
    fy: {label: by, labelAnchor: "top", domain: loads, axis: "left", padding: 0.15},
    marks: [
      Plot.rect(visible, {
        fy: "load",
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
