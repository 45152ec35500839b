import * as Plot from "@observablehq/plot";
import {
  concurrencyScale,
  endLabels,
  type FigureOptions,
  plotOptions,
  type SeriesRow,
  seriesColor
} from "./style.js";

/** Median time to first token by concurrency for two series, joined at each concurrency. */
export function Ttft(rows: readonly SeriesRow[], options: FigureOptions): Element {
  const plot = plotOptions(options);
  return Plot.plot({
    ...plot,
    marginRight: 84,
    x: concurrencyScale(rows),
    y: {label: "↑ Median TTFT (ms)", zero: true, grid: true, ticks: 5},
    color: {type: "identity"},
    marks: [
      Plot.ruleY([0]),
      Plot.ruleX(
        rows,
        Plot.groupX(
          {y1: "min", y2: "max"},
          {x: "concurrency", y: "value", strokeOpacity: 0.35, strokeWidth: 5}
        )
      ),
      Plot.dot(rows, {x: "concurrency", y: "value", fill: (d: SeriesRow) => seriesColor(d.series), r: 4.5}),
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
