import * as Plot from "@observablehq/plot";
import {labelMargin, lines} from "./series-marks.js";
import {concurrencyScale, type FigureOptions, plotOptions, type SeriesRow} from "./style.js";

/** System throughput of several series by concurrency; each line bears its name. */
export function Throughput(rows: readonly SeriesRow[], options: FigureOptions): Element {
  const plot = plotOptions(options);
  return Plot.plot({
    ...plot,
    marginRight: labelMargin(rows),
    x: concurrencyScale(rows),
    y: {label: "↑ System throughput (tok/s)", zero: true, grid: true, ticks: 5},
    marks: [Plot.ruleY([0]), lines(rows, plot.height)]
  });
}
