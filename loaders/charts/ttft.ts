import * as Plot from "@observablehq/plot";
import {labelMargin, points} from "./series-marks.js";
import {concurrencyScale, type FigureOptions, plotOptions, type SeriesRow} from "./style.js";

/** Median time to first token by concurrency for two series, joined at each concurrency. */
export function Ttft(rows: readonly SeriesRow[], options: FigureOptions): Element {
  const plot = plotOptions(options);
  const span = Plot.groupX(
    {y1: "min", y2: "max"},
    {x: "concurrency", y: "value", strokeOpacity: 0.35, strokeWidth: 5}
  );
  return Plot.plot({
    ...plot,
    marginRight: labelMargin(rows),
    x: concurrencyScale(rows),
    y: {label: "↑ Median TTFT (ms)", zero: true, grid: true, ticks: 5},
    marks: [Plot.ruleY([0]), Plot.ruleX(rows, span), points(rows, plot.height)]
  });
}
