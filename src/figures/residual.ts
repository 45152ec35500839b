import * as Plot from "@observablehq/plot";
import {type FigureOptions, plotOptions} from "./style.js";

/** The residual of a concurrency at acceptance 0 and 1; it is a straight line between. */
export interface ResidualRow {
  concurrency: number;
  atZero: number;
  atOne: number;
  /** The acceptance at which it is zero. */
  zeroAt: number;
}

const LABEL_HEIGHT = 14;

/** The residual of a step against the unknown acceptance, one line a concurrency. */
export function Residual(
  rows: readonly ResidualRow[],
  {stated, ...options}: FigureOptions & {stated: number}
): Element {
  const ends = rows.flatMap(({concurrency, atZero, atOne}) => [
    {concurrency, acceptance: 0, residual: atZero},
    {concurrency, acceptance: 1, residual: atOne}
  ]);
  const plot = plotOptions({height: 300, ...options});
  return Plot.plot({
    ...plot,
    marginLeft: 84,
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
        dy: -6
      }),
      Plot.line(ends, {
        x: "acceptance",
        y: "residual",
        z: "concurrency",
        stroke: "var(--series-awq-mtp1)",
        strokeWidth: 1.5
      }),
      Plot.dot(rows, {x: "zeroAt", y: 0, r: 3.5, fill: "var(--series-awq-mtp1)"}),
      spaced(rows, plot.height).map(({concurrency, atZero, dy}) =>
        Plot.text([atZero], {
          x: 0,
          y: (d: number) => d,
          text: () => `C = ${concurrency}`,
          textAnchor: "start",
          lineAnchor: "bottom",
          dx: 6,
          dy,
          fill: "var(--series-awq-mtp1)",
          fontWeight: 600
        })
      )
    ]
  });
}

/** Offsets that keep labels of close lines apart: the upper goes up, the lower goes down. */
function spaced(rows: readonly ResidualRow[], height: number): (ResidualRow & {dy: number})[] {
  const span = Math.max(...rows.map(({atOne}) => atOne)) - Math.min(...rows.map(({atZero}) => atZero));
  const close = (a: ResidualRow, b: ResidualRow) =>
    a !== b && (Math.abs(a.atZero - b.atZero) / span) * height < 2 * LABEL_HEIGHT;
  return rows.map((row) => {
    const below = rows.some((other) => close(row, other) && other.atZero > row.atZero);
    return {...row, dy: below ? LABEL_HEIGHT + 4 : -6};
  });
}
