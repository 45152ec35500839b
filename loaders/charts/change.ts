import * as Plot from "@observablehq/plot";
import {z} from "zod";
import {formatNumber} from "../src/benchbook/format.js";
import {concurrencyAxis, extentOf} from "./axis.js";
import {chart} from "./chart.js";
import {type ConcurrencyRow, concurrencyRow, quantity} from "./columns.js";
import {frame} from "./frame.js";
import {withoutOverlaps} from "./labels.js";
import {textWidth} from "./text-width.js";

/** Room for the bars at both ends. */
const INSET = 28;
/** Room for the numbers above and below the bars. */
const NUMBERS = [18, 14] as const;
/** From the end of an interval to the centre of its number. */
const [ABOVE, BELOW] = [9, 10];
const CROSSING = "break-even";

/** A relative change by concurrency: bars from zero, each with its interval, and its number at the end. */
export default chart({
  rows: z.array(concurrencyRow),
  options: z.strictObject({
    /** What the vertical axis shows. */
    label: z.string(),
    /** Where the change crosses zero: a band over the interval, or a rule if it has none. */
    crossing: quantity.optional()
  }),
  draw(rows, {label, crossing, ...figure}) {
    const text = ({value}: ConcurrencyRow) =>
      formatNumber(value, {decimals: Math.abs(value) < 0.01 ? 1 : 0, scale: "percent", signed: true});
    const color = ({value}: ConcurrencyRow) => (value < 0 ? "var(--loss)" : "var(--gain)");
    const inset = Math.max(INSET, ...rows.map((row) => textWidth(text(row)) / 2));
    const laid = frame(figure, {
      x: {...concurrencyAxis(rows.map(({concurrency}) => concurrency)), inset: [inset, inset]},
      y: {
        label: `${label} (%)`,
        percent: true,
        domain: extentOf([0, ...rows.flatMap(({value, low, high}) => [value, low, high])]),
        inset: NUMBERS
      }
    });
    const numbers = withoutOverlaps(
      rows.map((row) => ({
        ...row,
        text: text(row),
        x: laid.toX(row.concurrency),
        y: row.value < 0 ? laid.toY(row.low) + BELOW : laid.toY(row.high) - ABOVE,
        textAnchor: "middle" as const
      }))
    );
    return Plot.plot({
      ...laid.plot,
      x: laid.x,
      y: {...laid.y, grid: true},
      marks: [
        crossing &&
          (crossing.low < crossing.high
            ? Plot.rectX([crossing], {x1: "low", x2: "high", fill: "currentColor", fillOpacity: 0.18})
            : Plot.ruleX([crossing], {x: "value", strokeOpacity: 0.5, strokeDasharray: "4 3"})),
        crossing &&
          Plot.text([crossing], {
            x: "value",
            frameAnchor: "top",
            text: () => CROSSING,
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
        Plot.text(
          numbers.filter(({value}) => value >= 0),
          {x: "concurrency", y: "high", text: "text", dy: -ABOVE}
        ),
        Plot.text(
          numbers.filter(({value}) => value < 0),
          {x: "concurrency", y: "low", text: "text", dy: BELOW}
        )
      ]
    });
  }
});
