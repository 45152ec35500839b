import * as Plot from "@observablehq/plot";
import {formatNumber} from "../format.js";
import {
  concurrencyScale,
  endLabels,
  type FigureOptions,
  plotOptions,
  type SeriesRow,
  seriesColor
} from "./style.js";

/** The share of the rated bandwidth that each measured step implies, by concurrency. */
export function BandwidthShare(rows: readonly SeriesRow[], options: FigureOptions): Element {
  const plot = plotOptions({height: 260, ...options});
  const [first] = rows;
  return Plot.plot({
    ...plot,
    marginRight: 72,
    x: concurrencyScale(rows),
    y: {label: "↑ Share of the rated bandwidth (%)", percent: true, domain: [0, 100], grid: true, ticks: 5},
    marks: [
      Plot.ruleY([0]),
      Plot.line(rows, {
        x: "concurrency",
        y: "value",
        z: "series",
        stroke: (d: SeriesRow) => seriesColor(d.series),
        strokeWidth: 2
      }),
      Plot.dot(rows, {x: "concurrency", y: "value", fill: (d: SeriesRow) => seriesColor(d.series), r: 3.5}),
      Plot.text(rows, {
        x: "concurrency",
        y: "value",
        text: (d: SeriesRow) => formatNumber(d.value, {decimals: 0, scale: "percent"}),
        filter: (d: SeriesRow) => d.series === first?.series,
        dy: -12
      }),
      endLabels(rows, plot.height).map((label) =>
        Plot.text([label], {
          x: "concurrency",
          y: "value",
          text: "label",
          fill: seriesColor(label.series),
          textAnchor: "start",
          dx: 9,
          dy: label.dy,
          fontWeight: 600
        })
      )
    ]
  });
}
