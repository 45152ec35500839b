import * as Plot from "@observablehq/plot";
import {extentOf} from "benchbook/charts/axis";
import {chart} from "benchbook/charts/chart";
import {number} from "benchbook/charts/columns";
import {frame} from "benchbook/charts/frame";
import {endNames, roomOfNames} from "benchbook/charts/names";
import {z} from "zod";

const COLOR = "var(--series-awq-mtp1)";

const labelOf = (concurrency: number) => `C = ${concurrency}`;

/** The residual of a step by the unknown acceptance, one straight line for each concurrency. */
export default chart({
  rows: z.array(
    z.object({
      concurrency: number,
      /** The residual at acceptance 0 and 1, in milliseconds. */
      at_zero: number,
      at_one: number,
      /** The acceptance at which it is zero. */
      zero_at: number
    })
  ),
  options: z.strictObject({
    /** The acceptance rate stated by the source, from 0 to 1. */
    stated: number
  }),
  draw(rows, {stated, ...figure}) {
    const ends = rows.flatMap(({concurrency, at_zero, at_one}) => [
      {concurrency, acceptance: 0, residual: at_zero},
      {concurrency, acceptance: 1, residual: at_one}
    ]);
    /** The higher the concurrency, the fuller its line. */
    const tone = (concurrency: number) =>
      (2 + rows.findIndex((row) => row.concurrency === concurrency)) / (rows.length + 1);
    const laid = frame(figure, {
      x: {label: "Acceptance rate in the benchmark (%)", percent: true, domain: [0, 1]},
      y: {
        label: "Residual of a step (ms)",
        domain: extentOf([0, ...ends.map(({residual}) => residual)]),
        ticks: 6
      },
      height: 300,
      ...roomOfNames(
        rows.map(({concurrency}) => labelOf(concurrency)),
        figure.width
      )
    });
    return Plot.plot({
      ...laid.plot,
      x: laid.x,
      y: {...laid.y, grid: true},
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
          stroke: COLOR,
          strokeOpacity: (end: {concurrency: number}) => tone(end.concurrency),
          strokeWidth: 2
        }),
        Plot.dot(rows, {x: "zero_at", y: 0, r: 3.5, fill: COLOR}),
        endNames(
          rows.map(({concurrency, at_one}) => ({label: labelOf(concurrency), color: COLOR, value: at_one})),
          laid
        )
      ]
    });
  }
});
