import * as Plot from "@observablehq/plot";
import {z} from "zod";
import {concurrencyAxis, extentOf, logarithmOf, type NumberAxis} from "./axis.js";
import {chart} from "./chart.js";
import {seriesColors} from "./colors.js";
import {loadRow} from "./columns.js";
import {EDGE, frame} from "./frame.js";
import {withoutOverlaps} from "./labels.js";
import {endNames, endsOf, inLines, roomOfNames} from "./names.js";
import {shortNumber} from "./numbers.js";
import {textWidth} from "./text-width.js";

const options = z.strictObject({
  /** What the vertical axis shows, with its unit. */
  label: z.string(),
  /** The vertical axis is logarithmic. */
  log: z.boolean().optional(),
  /** The values are ratios, shown as percentages. */
  percent: z.boolean().optional(),
  /** The vertical axis covers at least these values. */
  cover: z.tuple([z.number(), z.number()]).optional(),
  /** Draws the line on which the value equals the load. */
  diagonal: z.boolean().optional(),
  /** The series whose points show their numbers. */
  numbers: z.string().optional()
});

const DASHES = ["none", "6 3", "2 2", "8 3 2 3"];
/** Room for a name beside the highest point. */
const TOP = 36;
/** Room to the right of a line without a name. */
const RIGHT = 24;
/** Between a number and the axis. */
const NUMBER_GAP = 6;

/**
 * Any metric by load: one line for each series, with the interval of each point. If there are several lines, each has
 * its name. Rows with a `concurrency` use a logarithmic axis of concurrencies; rows with a `rate` use an axis of
 * request rates.
 */
export default chart({
  rows: z.array(loadRow),
  options,
  draw(rows, {label, log = false, percent = false, cover, diagonal = false, numbers, ...figure}) {
    const isRate = rows.some(({rate}) => rate != null);
    const own = inLines(
      rows.map((row) => ({...row, load: (isRate ? row.rate : row.concurrency) ?? 0})),
      (row) => row.series,
      (row) => row.load
    );
    const points = own.flat();
    const series = endsOf(own);
    const color = seriesColors(
      series.map((row) => row.series),
      figure.colored
    );
    const loads = points.map((row) => row.load);
    const bears = (row: {series: string}) => row.series === numbers;
    const numberOf = ({value}: {value: number}) => shortNumber(value, {percent});
    const halfNumber = Math.max(0, ...points.filter(bears).map((row) => textWidth(numberOf(row)) / 2));
    const names =
      series.length > 1
        ? roomOfNames(
            series.map((row) => row.label),
            figure.width
          )
        : {right: RIGHT};
    const covered = [
      ...points.flatMap(({low, high}) => [low, high]),
      ...(log ? [] : [0]),
      ...(cover ?? []),
      ...(diagonal ? extentOf(loads) : [])
    ];
    const laid = frame(figure, {
      x: {...loadAxis(loads, isRate), inset: [halfNumber > 0 ? halfNumber + NUMBER_GAP : 0, 0]},
      y: {label, percent, scale: log ? logarithmOf(covered) : "linear", domain: extentOf(covered)},
      top: TOP,
      ...names,
      right: Math.max(names.right, Math.ceil(halfNumber + EDGE))
    });
    const shown = withoutOverlaps(
      points.filter(bears).map((row) => ({
        ...row,
        text: numberOf(row),
        x: laid.toX(row.load),
        y: laid.toY(row.value),
        textAnchor: "middle" as const
      }))
    );
    return Plot.plot({
      ...laid.plot,
      x: laid.x,
      y: {...laid.y, grid: true},
      marks: [
        log ? null : Plot.ruleY([0]),
        diagonal
          ? Plot.line(extentOf(loads), {
              x: (d: number) => d,
              y: (d: number) => d,
              strokeOpacity: 0.5,
              strokeDasharray: "4 3"
            })
          : null,
        own.map((line, i) => {
          const stroke = color(line[0]?.series ?? "");
          return [
            Plot.line(line, {
              x: "load",
              y: "value",
              stroke,
              strokeWidth: 2,
              strokeDasharray: DASHES[i % DASHES.length] ?? "none"
            }),
            Plot.ruleX(line, {x: "load", y1: "low", y2: "high", stroke, strokeWidth: 5, strokeOpacity: 0.4}),
            Plot.dot(line, {x: "load", y: "value", fill: stroke, r: 3.5})
          ];
        }),
        Plot.text(shown, {
          x: "load",
          y: "value",
          text: "text",
          dy: -12,
          stroke: "var(--background)",
          fill: "currentColor"
        }),
        series.length > 1
          ? endNames(
              series.map((row) => ({...row, color: color(row.series)})),
              laid
            )
          : null
      ]
    });
  }
});

function loadAxis(loads: readonly number[], isRate: boolean): NumberAxis {
  return isRate
    ? {label: "Request rate (req/s)", domain: extentOf([0, ...loads]), ticks: loads}
    : concurrencyAxis(loads);
}
