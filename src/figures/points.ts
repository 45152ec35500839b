import * as Plot from "@observablehq/plot";
import {
  concurrencyScale,
  type FigureOptions,
  pairColors,
  plotOptions,
  rateScale,
  type SeriesRow
} from "./style.js";

/** A measured value of a series at a load, with its interval. */
export interface PointRow extends Omit<SeriesRow, "concurrency"> {
  /** Where it stands on the horizontal axis: a concurrency, or a request rate. */
  load: number;
}

export interface PointsOptions extends FigureOptions {
  /** What the vertical axis shows, with its unit. */
  label: string;
  /** What the load is. */
  by: "concurrency" | "request rate";
}

const DASHES = ["none", "6 3"];

/** Any metric of one or two series by load, with the interval of each point; two lines bear their names. */
export function Points(rows: readonly PointRow[], {label, by, ...options}: PointsOptions): Element {
  const plot = plotOptions(options);
  const series = [...new Set(rows.map((row) => row.series))];
  const longest = Math.max(...rows.map((row) => row.label.length));
  const colors = pairColors(series);
  const marginRight = series.length > 1 ? Math.min(0.4 * plot.width, 26 + 9.5 * longest) : 24;
  const loads = rows.map(({load}) => load);
  return Plot.plot({
    ...plot,
    marginTop: 36,
    marginRight,
    x:
      by === "concurrency" ? concurrencyScale(rows.map(({load}) => ({concurrency: load}))) : rateScale(loads),
    y: {label: `↑ ${label}`, zero: true, grid: true, ticks: 5},
    marks: [
      Plot.ruleY([0]),
      series.map((id, i) => {
        const own = rows.filter((row) => row.series === id);
        const last = own.at(-1);
        const others = rows.filter((row) => row.series !== id && row.load === last?.load);
        const isUnder = others.some((other) => other.value > (last?.value ?? 0));
        const stroke = colors[i] ?? "currentColor";
        return [
          Plot.line(own, {
            x: "load",
            y: "value",
            stroke,
            strokeWidth: 2,
            strokeDasharray: DASHES[i] ?? "2 2"
          }),
          Plot.ruleX(own, {
            x: "load",
            y1: "low",
            y2: "high",
            stroke,
            strokeWidth: 5,
            strokeOpacity: 0.4
          }),
          Plot.dot(own, {x: "load", y: "value", fill: stroke, r: 3.5}),
          Plot.text(series.length > 1 ? own.slice(-1) : [], {
            x: "load",
            y: "value",
            text: "label",
            fill: stroke,
            textAnchor: "start",
            lineAnchor: isUnder ? "top" : "bottom",
            lineWidth: (marginRight - 10) / 16,
            dx: 9,
            fontWeight: 600
          })
        ];
      })
    ]
  });
}
