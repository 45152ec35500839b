import * as Plot from "@observablehq/plot";
import {labelMargin, lines} from "./series-marks.js";
import {concurrencyScale, type FigureOptions, plotOptions, type SeriesRow} from "./style.js";

/** Throughput relative to a concurrency of one, against the diagonal of a throughput that grows with it. */
export function Scaling(rows: readonly SeriesRow[], options: FigureOptions): Element {
  const plot = plotOptions(options);
  const diagonal = rows.filter((row) => row.series === rows[0]?.series);
  return Plot.plot({
    ...plot,
    marginRight: labelMargin(rows),
    x: concurrencyScale(rows),
    y: {label: "↑ Times the throughput at one", type: "log", base: 2, grid: true, tickFormat: String},
    marks: [
      Plot.line(diagonal, {x: "concurrency", y: "concurrency", strokeOpacity: 0.5, strokeDasharray: "4 3"}),
      lines(rows, plot.height)
    ]
  });
}
