import * as Plot from "@observablehq/plot";
import {concurrencyScale, type FigureOptions, plotOptions, type SeriesRow} from "./style.js";

export interface PointsOptions extends FigureOptions {
  /** What the vertical axis shows, with its unit. */
  label: string;
}

const COLORS = ["var(--compare-a)", "var(--compare-b)"];
const DASHES = ["none", "6 3"];

/** Any metric of one or two series by concurrency, with the interval of each point; two lines bear their names. */
export function Points(rows: readonly SeriesRow[], {label, ...options}: PointsOptions): Element {
  const plot = plotOptions(options);
  const series = [...new Set(rows.map((row) => row.series))];
  const longest = Math.max(...rows.map((row) => row.label.length));
  const marginRight = series.length > 1 ? Math.min(plot.width / 3.2, 24 + 8.5 * longest) : 24;
  return Plot.plot({
    ...plot,
    marginTop: 36,
    marginRight,
    x: concurrencyScale(rows),
    y: {label: `↑ ${label}`, zero: true, grid: true, ticks: 5},
    marks: [
      Plot.ruleY([0]),
      series.map((id, i) => {
        const own = rows.filter((row) => row.series === id);
        const last = own.at(-1);
        const others = rows.filter((row) => row.series !== id && row.concurrency === last?.concurrency);
        const isUnder = others.some((other) => other.value > (last?.value ?? 0));
        const stroke = COLORS[i] ?? "currentColor";
        return [
          Plot.line(own, {
            x: "concurrency",
            y: "value",
            stroke,
            strokeWidth: 2,
            strokeDasharray: DASHES[i] ?? "2 2"
          }),
          Plot.ruleX(own, {
            x: "concurrency",
            y1: "low",
            y2: "high",
            stroke,
            strokeWidth: 5,
            strokeOpacity: 0.4
          }),
          Plot.dot(own, {x: "concurrency", y: "value", fill: stroke, r: 3.5}),
          Plot.text(series.length > 1 ? own.slice(-1) : [], {
            x: "concurrency",
            y: "value",
            text: "label",
            fill: stroke,
            textAnchor: "start",
            lineAnchor: isUnder ? "top" : "bottom",
            lineWidth: (marginRight - 10) / 13,
            dx: 9,
            fontWeight: 600
          })
        ];
      })
    ]
  });
}
