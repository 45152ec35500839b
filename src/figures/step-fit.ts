import * as Plot from "@observablehq/plot";
import {type FigureOptions, plotOptions, seriesColor} from "../../loaders/charts/style.js";

/** A measured step: gigabytes a GPU read, and milliseconds it took. */
export interface StepRow {
  series: string;
  concurrency: number;
  gigabytes: number;
  milliseconds: number;
}

export interface StepFitOptions extends FigureOptions {
  /** Milliseconds at no bytes, and for each gigabyte. */
  line: {intercept: number; slope: number};
  /** Milliseconds a gigabyte takes at the rated bandwidth. */
  floor: number;
}

/** Step time against bytes, the fitted line, and the time that reading alone would take. */
export function StepFit(rows: readonly StepRow[], {line, floor, ...options}: StepFitOptions): Element {
  const end = Math.max(...rows.map(({gigabytes}) => gigabytes)) * 1.05;
  const [first] = rows;
  return Plot.plot({
    ...plotOptions({height: 300, ...options}),
    x: {label: "Weights read in a step (GB per GPU) →", domain: [0, end], ticks: 6},
    y: {label: "↑ Step time (ms)", zero: true, grid: true, ticks: 5},
    marks: [
      Plot.ruleY([0]),
      Plot.line(
        [0, end].map((x) => ({x, y: line.intercept + line.slope * x})),
        {x: "x", y: "y", stroke: seriesColor(first?.series ?? ""), strokeDasharray: "4 3"}
      ),
      Plot.line(
        [0, end].map((x) => ({x, y: floor * x})),
        {x: "x", y: "y", stroke: "currentColor", strokeWidth: 1.25}
      ),
      Plot.text([{x: end, y: floor * end}], {
        x: "x",
        y: "y",
        text: () => "reading alone",
        textAnchor: "end",
        dy: options.width < 500 ? 46 : 26
      }),
      Plot.text([{x: 0, y: line.intercept}], {
        x: "x",
        y: "y",
        text: () => "fixed part",
        textAnchor: "start",
        dx: 8,
        dy: 10
      }),
      Plot.dot(rows, {
        x: "gigabytes",
        y: "milliseconds",
        fill: (d: StepRow) => seriesColor(d.series),
        r: 4
      }),
      Plot.text(rows, {
        x: "gigabytes",
        y: "milliseconds",
        text: (d: StepRow) => `C = ${d.concurrency}`,
        textAnchor: "end",
        dx: -8,
        dy: -10,
        stroke: "var(--background)",
        fill: "currentColor"
      })
    ]
  });
}
