import * as Plot from "@observablehq/plot";
import {z} from "zod";
import {extentOf} from "./axis.js";
import {chart} from "./chart.js";
import {seriesColors} from "./colors.js";
import {labelRow, quantity} from "./columns.js";
import {EDGE, frame} from "./frame.js";
import {shortNumber} from "./numbers.js";
import {fitted, textWidth} from "./text-width.js";

/** From the end of a bar to its number. */
const GAP = 8;

type Row = z.infer<typeof labelRow>;

/** A bar for each row, with its ceiling and the ceiling's interval. */
export default chart({
  rows: z.array(labelRow),
  options: z.strictObject({
    /** What the horizontal axis shows, with its unit. */
    label: z.string(),
    ceiling: quantity,
    /** The name of the ceiling. */
    name: z.string().default("ceiling")
  }),
  draw(rows, {label, ceiling, name, ...figure}) {
    const color = seriesColors(
      rows.map(({series}) => series),
      figure.colored
    );
    const number = ({value}: Row) => shortNumber(value);
    const laid = frame(figure, {
      x: {label, domain: extentOf([0, ceiling.high, ...rows.map(({value}) => value)])},
      y: {names: rows.map((row) => row.label)},
      height: 56 + rows.length * 38,
      right: 44
    });
    const fits = (row: Row) => laid.toX(row.value) > textWidth(number(row), "bold") + 2 * GAP;
    const [title = ""] = fitted(name, figure.width - 2 * EDGE, {lines: 1});
    return Plot.plot({
      ...laid.plot,
      x: {...laid.x, grid: true},
      y: laid.y,
      color: {type: "identity"},
      marks: [
        Plot.barX(rows, {
          x: "value",
          y: "label",
          fill: (d: Row) => color(d.series),
          insetTop: 7,
          insetBottom: 7
        }),
        Plot.rectX([ceiling], {x1: "low", x2: "high", fill: "currentColor", fillOpacity: 0.2}),
        Plot.ruleX([ceiling], {x: "value", strokeWidth: 1.5, strokeDasharray: "4 3"}),
        Plot.text([ceiling], {
          x: "value",
          frameAnchor: "top",
          dx: laid.inward(laid.toX(ceiling.value), textWidth(title)),
          dy: -18,
          text: () => title
        }),
        Plot.text(rows.filter(fits), {
          x: "value",
          y: "label",
          text: number,
          textAnchor: "end",
          dx: -GAP,
          fill: "var(--background)",
          fontWeight: 600
        }),
        Plot.text(
          rows.filter((row) => !fits(row)),
          {x: "value", y: "label", text: number, textAnchor: "start", dx: GAP, fontWeight: 600}
        ),
        Plot.ruleX([0])
      ]
    });
  }
});
