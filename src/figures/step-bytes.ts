import * as Plot from "@observablehq/plot";
import {chart} from "benchbook/charts/chart";
import {noOptions, number} from "benchbook/charts/columns";
import {frame} from "benchbook/charts/frame";
import {LEGEND_LINE, legend, legendLines} from "benchbook/charts/legend";
import {z} from "zod";

const row = z.object({
  /** The bar: checkpoint and tokens per step. */
  label: z.string(),
  component: z.string(),
  gigabytes: number
});
type Row = z.infer<typeof row>;

/** How many colours for parts the style defines. */
const COLORS = 6;

/** Bytes of a step by component: a stacked bar for each checkpoint and number of tokens. */
export default chart({
  rows: z.array(row),
  options: noOptions,
  draw(rows, figure) {
    const bars = [...new Set(rows.map(({label}) => label))];
    const entries = [...new Set(rows.map(({component}) => component))].map((label, i) => ({
      label,
      color: `var(--part-${(i % COLORS) + 1})`
    }));
    const colors = new Map(entries.map(({label, color}) => [label, color]));
    const lengths = bars.map((bar) =>
      rows.reduce((sum, {label, gigabytes}) => sum + (label === bar ? gigabytes : 0), 0)
    );
    const asked = {
      x: {label: "Read in a step (GB per GPU)", domain: [0, Math.max(...lengths)] as const, ticks: 6},
      y: {names: bars}
    };
    const room = frame(figure, asked).innerWidth;
    const top = legendLines(entries, room) * LEGEND_LINE + 6;
    const laid = frame(figure, {...asked, top, height: top + bars.length * 28 + 42});
    return Plot.plot({
      ...laid.plot,
      x: {...laid.x, grid: true},
      y: laid.y,
      marks: [
        Plot.barX(rows, {
          x: "gigabytes",
          y: "label",
          fill: (d: Row) => colors.get(d.component) ?? "currentColor",
          insetTop: 5,
          insetBottom: 5,
          insetRight: 0.5
        }),
        Plot.ruleX([0]),
        legend(entries, room, 10)
      ]
    });
  }
});
