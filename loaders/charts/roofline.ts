import * as Plot from "@observablehq/plot";
import {type FigureOptions, plotOptions, seriesColor} from "./style.js";

/** A measured step: operations a byte, and operations a second. */
export interface RooflinePoint {
  series: string;
  concurrency: number;
  intensity: number;
  tflops: number;
}

/** The two bounds of a GPU meet at the ridge. */
export interface Roof {
  label: string;
  ridge: number;
  tflops: number;
}

/** Measured steps under the roofs of GPUs, both axes logarithmic. */
export function Roofline(
  points: readonly RooflinePoint[],
  {roofs, ...options}: FigureOptions & {roofs: readonly Roof[]}
): Element {
  const [left, right] = [1, 1000];
  const corners = roofs.flatMap(({label, ridge, tflops}) => [
    {label, x: left, y: (tflops * left) / ridge},
    {label, x: ridge, y: tflops},
    {label, x: right, y: tflops}
  ]);
  const tallest = Math.max(...roofs.map(({tflops}) => tflops));
  return Plot.plot({
    ...plotOptions({height: 320, ...options}),
    marginLeft: 52,
    x: {
      type: "log",
      domain: [left, right],
      label: "Operations a byte (log) →",
      ticks: [1, 10, 100, 1000],
      tickFormat: String
    },
    y: {
      type: "log",
      domain: [0.5, 1000],
      label: "↑ TFLOP/s per GPU (log)",
      ticks: [1, 10, 100, 1000],
      tickFormat: String,
      grid: true
    },
    marks: [
      Plot.line(corners, {x: "x", y: "y", z: "label", stroke: "currentColor", strokeWidth: 1.25}),
      Plot.ruleX(roofs, {x: "ridge", y1: 0.5, y2: "tflops", strokeDasharray: "2 3", strokeOpacity: 0.6}),
      roofs.map((roof) =>
        Plot.text([roof], {
          x: right,
          y: "tflops",
          text: "label",
          textAnchor: "end",
          dy: roof.tflops === tallest ? -8 : 10
        })
      ),
      Plot.text([{ridge: Math.min(...roofs.map(({ridge}) => ridge))}], {
        x: "ridge",
        y: 0.7,
        text: () => "ridges",
        textAnchor: "end",
        dx: -8
      }),
      Plot.dot(points, {
        x: "intensity",
        y: "tflops",
        fill: (d: RooflinePoint) => seriesColor(d.series),
        r: 4
      }),
      Plot.text(points, {
        x: "intensity",
        y: "tflops",
        text: (d: RooflinePoint) => `C = ${d.concurrency}`,
        textAnchor: "start",
        dx: 8,
        dy: 4
      })
    ]
  });
}
