import * as Plot from "@observablehq/plot";
import {type FigureOptions, plotOptions} from "../../loaders/charts/style.js";
import {spread} from "../benchbook/spread.js";

/** The residual of a concurrency at acceptance 0 and 1; it is a straight line between. */
export interface ResidualRow {
  concurrency: number;
  atZero: number;
  atOne: number;
  /** The acceptance at which it is zero. */
  zeroAt: number;
}

const LABEL_GAP = 14;

/** The residual of a step against the unknown acceptance, one line a concurrency. */
export function Residual(
  rows: readonly ResidualRow[],
  {stated, ...options}: FigureOptions & {stated: number}
): Element {
  const ends = rows.flatMap(({concurrency, atZero, atOne}) => [
    {concurrency, acceptance: 0, residual: atZero},
    {concurrency, acceptance: 1, residual: atOne}
  ]);
  /** The higher the concurrency, the fuller its line. */
  const tone = (concurrency: number) =>
    (2 + rows.findIndex((row) => row.concurrency === concurrency)) / (rows.length + 1);
  const plot = plotOptions({height: 300, ...options});
  const [least, most] = [
    Math.min(...ends.map((end) => end.residual)),
    Math.max(...ends.map((end) => end.residual))
  ];
  const height = plot.height - plot.marginTop - plot.marginBottom;
  const places = rows.map(({atOne}) => ((most - atOne) / (most - least)) * height);
  const spaced = spread(places, LABEL_GAP);
  const offsets = places.map((place, i) => (spaced[i] ?? place) - place);
  return Plot.plot({
    ...plot,
    marginRight: 58,
    x: {label: "Acceptance rate in the benchmark (%) →", percent: true, ticks: 5},
    y: {label: "↑ Residual of a step (ms)", grid: true, ticks: 6},
    marks: [
      Plot.ruleY([0]),
      Plot.ruleX([stated], {strokeDasharray: "4 3"}),
      Plot.text([stated], {
        frameAnchor: "bottom",
        x: (d: number) => d,
        text: () => "as stated",
        textAnchor: "end",
        dx: -6,
        dy: -6,
        stroke: "var(--background)",
        fill: "currentColor"
      }),
      Plot.line(ends, {
        x: "acceptance",
        y: "residual",
        z: "concurrency",
        stroke: "var(--series-awq-mtp1)",
        strokeOpacity: (end: {concurrency: number}) => tone(end.concurrency),
        strokeWidth: 2
      }),
      Plot.dot(rows, {x: "zeroAt", y: 0, r: 3.5, fill: "var(--series-awq-mtp1)"}),
      rows.map(({concurrency, atOne}, i) =>
        Plot.text([atOne], {
          x: 1,
          y: (d: number) => d,
          text: () => `C = ${concurrency}`,
          textAnchor: "start",
          dx: 8,
          dy: offsets[i] ?? 0,
          fill: "var(--series-awq-mtp1)",
          fontWeight: 600
        })
      )
    ]
  });
}
