import * as Plot from "@observablehq/plot";
import {type FigureOptions, plotOptions} from "../../loaders/charts/style.js";

/** A break-even by one method: the estimate, its rounding interval, and what an assumed error allows. */
export interface MethodRow {
  label: string;
  value: number;
  low: number;
  high: number;
  assumedLow: number;
  assumedHigh: number;
}

/** Break-even concurrency by method: the dot, rounding as the thick line, the assumed error as the thin one. */
export function BreakEven(
  rows: readonly MethodRow[],
  {tested, ...options}: FigureOptions & {tested: readonly [number, number]}
): Element {
  return Plot.plot({
    ...plotOptions({height: 68 + rows.length * 26, ...options}),
    marginLeft: 142,
    marginTop: 20,
    x: {label: "Concurrency →", domain: [...tested], grid: true, ticks: 4},
    y: {label: null, domain: rows.map(({label}) => label), tickSize: 0},
    marks: [
      Plot.ruleY(rows, {y: "label", x1: "assumedLow", x2: "assumedHigh", strokeOpacity: 0.45}),
      Plot.ruleY(rows, {
        y: "label",
        x1: "low",
        x2: "high",
        stroke: "var(--series-awq-mtp1)",
        strokeWidth: 6,
        strokeOpacity: 0.5
      }),
      Plot.dot(rows, {x: "value", y: "label", fill: "currentColor", r: 2}),
      Plot.ruleX(tested, {strokeDasharray: "4 3"})
    ]
  });
}
