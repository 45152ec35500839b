import * as Plot from "@observablehq/plot";
import {z} from "zod";
import {spread} from "../src/benchbook/spread.js";
import {decadesOf} from "./axis.js";
import {chart} from "./chart.js";
import {seriesColors} from "./colors.js";
import {number, positive} from "./columns.js";
import {EDGE, frame} from "./frame.js";
import {fitted, LINE_HEIGHT, textWidth} from "./text-width.js";

const row = z.object({
  series: z.string(),
  concurrency: number,
  /** Operations per byte. */
  intensity: positive,
  /** 10¹² operations per second and GPU. */
  tflops: positive
});
type Row = z.infer<typeof row>;

/** From a point to its label. */
const GAP = 8;
/** From a roof to the centre of its name. */
const [ABOVE, BELOW] = [8, 10];

/** The least value is this many times the lower edge, so that its label has room. */
const CLEARANCE = 1.5;

const labelOf = ({concurrency}: Row) => `C = ${concurrency}`;

/** Measured steps under the roofs of GPUs, both axes logarithmic. */
export default chart({
  rows: z.array(row),
  options: z.strictObject({
    /** The two bounds of a GPU meet at the ridge, in operations per byte. */
    roofs: z.array(z.object({label: z.string(), ridge: positive, tflops: positive})).min(1)
  }),
  draw(rows, {roofs, ...figure}) {
    const x = decadesOf([...rows.map(({intensity}) => intensity), ...roofs.map(({ridge}) => ridge)]);
    const [left, right] = x;
    const slopes = roofs.map(({label, ridge, tflops}) => ({label, y: (tflops * left) / ridge}));
    const lowest = Math.min(...rows.map(({tflops}) => tflops), ...slopes.map(({y}) => y));
    const y: [number, number] = [
      halfDecadeBelow(lowest / CLEARANCE),
      decadesOf([...roofs, ...rows].map(({tflops}) => tflops))[1]
    ];
    const laid = frame(figure, {
      x: {label: "Operations a byte (log)", scale: "log10", domain: x},
      y: {label: "TFLOP/s per GPU (log)", scale: "log10", domain: y},
      height: 320
    });
    const color = seriesColors(
      rows.map(({series}) => series),
      figure.colored
    );
    const corners = roofs.flatMap(({label, ridge, tflops}) => [
      {label, x: left, y: (tflops * left) / ridge},
      {label, x: ridge, y: tflops},
      {label, x: right, y: tflops}
    ]);
    const hasRoom = (row: Row) =>
      laid.toX(row.intensity) + GAP + textWidth(labelOf(row)) + EDGE <
      laid.innerWidth + laid.plot.marginRight;
    const sides = [
      {points: rows.filter(hasRoom), textAnchor: "start", dx: GAP},
      {points: rows.filter((row) => !hasRoom(row)), textAnchor: "end", dx: -GAP}
    ] as const;
    // The tallest roof has its name above, the others below.
    const [tallest, ...lower] = [...roofs].sort((a, b) => b.tflops - a.tflops);
    const places = spread(
      lower.map(({tflops}) => laid.toY(tflops) + BELOW),
      LINE_HEIGHT,
      [laid.toY(tallest?.tflops ?? 0) + BELOW, laid.innerHeight]
    );
    const names = [
      ...(tallest ? [{label: tallest.label, dy: laid.toY(tallest.tflops) - ABOVE}] : []),
      ...lower.map(({label}, i) => ({label, dy: places[i] ?? 0}))
    ];
    return Plot.plot({
      ...laid.plot,
      x: laid.x,
      y: {...laid.y, grid: true},
      marks: [
        Plot.line(corners, {x: "x", y: "y", z: "label", stroke: "currentColor", strokeWidth: 1.25}),
        Plot.ruleX(roofs, {x: "ridge", y1: y[0], y2: "tflops", strokeDasharray: "2 3", strokeOpacity: 0.6}),
        names.map(({label, dy}) =>
          Plot.text([label], {
            frameAnchor: "top-right",
            lineAnchor: "middle",
            text: () => fitted(label, laid.innerWidth, {lines: 1}).join(),
            dy
          })
        ),
        Plot.text([{ridge: Math.min(...roofs.map(({ridge}) => ridge))}], {
          x: "ridge",
          frameAnchor: "bottom",
          text: () => "ridges",
          textAnchor: "end",
          dx: -8,
          dy: -8
        }),
        Plot.dot(rows, {x: "intensity", y: "tflops", fill: (d: Row) => color(d.series), r: 4}),
        sides.map(({points, ...side}) =>
          Plot.text(points, {x: "intensity", y: "tflops", text: labelOf, dy: 4, ...side})
        )
      ]
    });
  }
});

/** The largest of 1, 5, 10, 50 … that does not exceed a value. */
function halfDecadeBelow(value: number): number {
  const [decade] = decadesOf([value]);
  return value >= 5 * decade ? 5 * decade : decade;
}
