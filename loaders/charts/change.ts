import * as Plot from "@observablehq/plot";
import {formatNumber} from "../src/benchbook/format.js";
import {type ConcurrencyRow, concurrencyScale, type FigureOptions, plotOptions} from "./style.js";

export interface ChangeOptions extends FigureOptions {
  /** What the vertical axis shows. */
  label: string;
  /** Where the change passes zero: a band over its interval, a rule where it has none. */
  crossing?: {value: number; low: number; high: number};
}

/** Room for the bars at both ends. */
const INSET = 28;

/** A relative change by concurrency: bars from zero, the rounding interval on each, the number at its end. */
export function Change(
  rows: readonly ConcurrencyRow[],
  {label, crossing, ...options}: ChangeOptions
): Element {
  const text = ({value}: ConcurrencyRow) =>
    formatNumber(value, {decimals: Math.abs(value) < 0.01 ? 1 : 0, scale: "percent", signed: true});
  const color = ({value}: ConcurrencyRow) => (value < 0 ? "var(--loss)" : "var(--gain)");
  const plot = plotOptions(options);
  const width = plot.width - plot.marginLeft - plot.marginRight - 2 * INSET;
  return Plot.plot({
    ...plot,
    x: {...concurrencyScale(rows, width), inset: INSET},
    y: {label: `↑ ${label} (%)`, percent: true, grid: true, ticks: 5, insetTop: 14, insetBottom: 18},
    marks: [
      crossing &&
        (crossing.low < crossing.high
          ? Plot.rectX([crossing], {x1: "low", x2: "high", fill: "currentColor", fillOpacity: 0.18})
          : Plot.ruleX([crossing], {x: "value", strokeOpacity: 0.5, strokeDasharray: "4 3"})),
      crossing &&
        Plot.text([crossing], {
          x: "value",
          frameAnchor: "top",
          text: () => "break-even",
          dy: -14,
          fillOpacity: 0.8
        }),
      Plot.ruleY([0]),
      Plot.ruleX(rows, {
        x: "concurrency",
        y1: 0,
        y2: "value",
        stroke: color,
        strokeWidth: 14,
        strokeOpacity: 0.85
      }),
      Plot.ruleX(rows, {x: "concurrency", y1: "low", y2: "high", strokeWidth: 1.5}),
      Plot.text(rows, {
        x: "concurrency",
        y: "high",
        text,
        dy: -9,
        filter: (d: ConcurrencyRow) => d.value >= 0
      }),
      Plot.text(rows, {x: "concurrency", y: "low", text, dy: 10, filter: (d: ConcurrencyRow) => d.value < 0})
    ]
  });
}
