import * as Plot from "@observablehq/plot";
import {labelMargin, lines} from "../../loaders/charts/series-marks.js";
import {
  concurrencyScale,
  type FigureOptions,
  plotOptions,
  type SeriesRow
} from "../../loaders/charts/style.js";
import {formatNumber} from "../benchbook/format.js";

/** The share of the rated bandwidth that each measured step implies, by concurrency. */
export function BandwidthShare(rows: readonly SeriesRow[], options: FigureOptions): Element {
  const plot = plotOptions({height: 260, ...options});
  const [first] = rows;
  return Plot.plot({
    ...plot,
    marginRight: labelMargin(rows),
    x: {...concurrencyScale(rows), insetLeft: 14},
    y: {label: "↑ Share of the rated bandwidth (%)", percent: true, domain: [0, 100], grid: true, ticks: 5},
    marks: [
      Plot.ruleY([0]),
      lines(rows, plot.height),
      Plot.text(rows, {
        x: "concurrency",
        y: "value",
        text: (d: SeriesRow) => formatNumber(d.value, {decimals: 0, scale: "percent"}),
        filter: (d: SeriesRow) => d.series === first?.series,
        dy: -12
      })
    ]
  });
}
