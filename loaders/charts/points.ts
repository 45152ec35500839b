import * as Plot from "@observablehq/plot";
import {spread} from "../src/benchbook/spread.js";
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

const NAME_OFFSET = 10;
const [CHARACTER_WIDTH, LINE_HEIGHT] = [8, 15];

/** The name of each line at the right of the frame, as high as its last point; names that would overlap move apart. */
function placedNames(
  rows: readonly PointRow[],
  {domain: [from, to], height, width}: {domain: readonly [number, number]; height: number; width: number}
): {series: string; label: string; value: number}[] {
  const last = [...new Map(rows.map((row) => [row.series, row])).values()];
  const scale = (to - from || 1) / height;
  const lines = Math.max(...last.map(({label}) => Math.ceil((label.length * CHARACTER_WIDTH) / width)));
  const heights = spread(
    last.map(({value}) => (value - from) / scale),
    lines * LINE_HEIGHT
  );
  return last.map(({series, label, value}, i) => ({
    series,
    label,
    value: from + (heights[i] ?? (value - from) / scale) * scale
  }));
}

/** Any metric of one or two series by load, with the interval of each point; two lines bear their names. */
export function Points(rows: readonly PointRow[], {label, by, ...options}: PointsOptions): Element {
  const plot = plotOptions(options);
  const series = [...new Set(rows.map((row) => row.series))];
  const longest = Math.max(...rows.map((row) => row.label.length));
  const colors = pairColors(series);
  const marginRight = series.length > 1 ? Math.min(0.4 * plot.width, 26 + 9.5 * longest) : 24;
  const loads = rows.map(({load}) => load);
  const innerWidth = plot.width - plot.marginLeft - marginRight;
  const [marginTop, marginBottom] = [36, plot.marginBottom];
  const domain = [Math.min(0, ...rows.map(({low}) => low)), Math.max(...rows.map(({high}) => high))] as const;
  const names = placedNames(rows, {
    domain,
    height: plot.height - marginTop - marginBottom,
    width: marginRight - NAME_OFFSET
  });
  return Plot.plot({
    ...plot,
    marginTop,
    marginRight,
    x:
      by === "concurrency"
        ? concurrencyScale(
            loads.map((load) => ({concurrency: load})),
            innerWidth
          )
        : rateScale(loads, innerWidth),
    y: {label: `↑ ${label}`, domain, grid: true, ticks: 5},
    marks: [
      Plot.ruleY([0]),
      series.map((id, i) => {
        const own = rows.filter((row) => row.series === id);
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
          Plot.text(series.length > 1 ? names.filter((name) => name.series === id) : [], {
            frameAnchor: "right",
            y: "value",
            text: "label",
            fill: stroke,
            textAnchor: "start",
            lineWidth: (marginRight - NAME_OFFSET) / 16,
            dx: NAME_OFFSET,
            fontWeight: 600
          })
        ];
      })
    ]
  });
}
