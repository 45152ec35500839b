import * as Plot from "@observablehq/plot";
import {
  concurrencyScale,
  endLabels,
  type FigureOptions,
  plotOptions,
  type SeriesRow,
  seriesColor
} from "./style.js";

/** Throughput relative to a concurrency of one, against the diagonal of perfect scaling. */
export function Scaling(rows: readonly SeriesRow[], options: FigureOptions): Element {
  const plot = plotOptions(options);
  return Plot.plot({
    ...plot,
    marginRight: 84,
    x: concurrencyScale(rows),
    y: {label: "↑ Times the throughput at one", type: "log", base: 2, grid: true, tickFormat: String},
    color: {type: "identity"},
    marks: [
      Plot.line(
        rows.filter((row) => row.series === rows[0]?.series),
        {x: "concurrency", y: "concurrency", strokeOpacity: 0.5, strokeDasharray: "4 3"}
      ),
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
