import * as Plot from "@observablehq/plot";
import {formatNumber} from "../src/benchbook/format.js";
import {type FigureOptions, plotOptions, type SeriesRow, seriesColor} from "./style.js";

/** Throughput of each series at a concurrency of one against a ceiling and its interval. */
export function Ceiling(
  rows: readonly SeriesRow[],
  {ceiling, ...options}: FigureOptions & {ceiling: {value: number; low: number; high: number}}
): Element {
  return Plot.plot({
    ...plotOptions({height: 56 + rows.length * 38, ...options}),
    marginLeft: 92,
    marginRight: 44,
    x: {label: "System throughput (tok/s) →", zero: true, grid: true, ticks: 5},
    y: {label: null, domain: rows.map((row) => row.label), tickSize: 0},
    color: {type: "identity"},
    marks: [
      Plot.barX(rows, {
        x: "value",
        y: "label",
        fill: (d: SeriesRow) => seriesColor(d.series),
        insetTop: 7,
        insetBottom: 7
      }),
      Plot.rectX([ceiling], {x1: "low", x2: "high", fill: "currentColor", fillOpacity: 0.2}),
      Plot.ruleX([ceiling], {x: "value", strokeWidth: 1.5, strokeDasharray: "4 3"}),
      Plot.text([ceiling], {x: "value", frameAnchor: "top", dy: -18, text: () => "published ceiling"}),
      Plot.text(rows, {
        x: "value",
        y: "label",
        text: (d: SeriesRow) => formatNumber(d.value, {decimals: 0}),
        textAnchor: "end",
        dx: -8,
        fill: "var(--background)",
        fontWeight: 600
      }),
      Plot.ruleX([0])
    ]
  });
}
