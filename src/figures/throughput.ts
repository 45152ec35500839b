import * as Plot from "@observablehq/plot";
import {
  concurrencyScale,
  endLabels,
  type FigureOptions,
  plotOptions,
  type SeriesRow,
  seriesColor
} from "./style.js";

/** System throughput of several series by concurrency; each line bears its name. */
export function Throughput(rows: readonly SeriesRow[], options: FigureOptions): Element {
  const plot = plotOptions(options);
  return Plot.plot({
    ...plot,
    marginRight: 84,
    x: concurrencyScale(rows),
    y: {label: "↑ System throughput (tok/s)", zero: true, grid: true, ticks: 5},
    color: {type: "identity"},
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
