import * as Plot from "@observablehq/plot";
import {chart} from "benchbook/charts/chart";
import {noOptions, number} from "benchbook/charts/columns";
import {EDGE, frame} from "benchbook/charts/frame";
import {LEGEND_LINE, type LegendEntry, legend, legendLines} from "benchbook/charts/legend";
import {textWidth} from "benchbook/charts/text-width";
import {z} from "zod";
import {formatNumber} from "../benchbook/format.js";

const row = z.object({
  concurrency: number,
  /** The parts of a step, in milliseconds; NULL if a part cannot be separated from the next. */
  plain: number,
  verification: number.nullable(),
  total: number
});
type Row = z.infer<typeof row>;

interface Part {
  label: string;
  part: LegendEntry;
  from: number;
  to: number;
}

const plain = {label: "plain step", color: "var(--part-1)"};
const verification = {label: "verification", color: "var(--part-2)"};
const residual = {label: "residual", color: "var(--part-3)"};
const undivided = {label: "not divided", color: "var(--part-4)"};
const entries = [plain, verification, residual, undivided];

/** Between a bar and the total at its end. */
const GAP = 5;

const labelOf = ({concurrency}: Row) => `C = ${concurrency}`;
const totalOf = ({total}: Row) => formatNumber(total, {decimals: 1});

/** The parts of a step with speculation at each concurrency, as stacked bars. */
export default chart({
  rows: z.array(row),
  options: noOptions,
  draw(rows, figure) {
    const parts = rows.flatMap(partsOf);
    const asked = {
      x: {
        label: "Time of a step with MTP (ms)",
        domain: [0, Math.max(...rows.map(({total}) => total))] as const,
        ticks: 6
      },
      y: {names: rows.map(labelOf)},
      right: Math.ceil(GAP + Math.max(...rows.map((row) => textWidth(totalOf(row)))) + EDGE)
    };
    const {innerWidth: room, toX} = frame(figure, asked);
    const fits = (part: Part) => toX(part.to) - toX(part.from) > textWidth(numberOf(part), "bold") + 2;
    const tooNarrow = parts.filter((part) => !fits(part));
    /** Room above and below a bar, for numbers that do not fit inside. */
    const inset = tooNarrow.length > 0 ? 10 : 4;
    const top = 14 + legendLines(entries, room) * LEGEND_LINE;
    const laid = frame(figure, {...asked, top, height: top + 44 + rows.length * (22 + 2 * inset)});
    return Plot.plot({
      ...laid.plot,
      x: {...laid.x, grid: true},
      y: laid.y,
      color: {type: "identity"},
      marks: [
        Plot.barX(parts, {
          x1: "from",
          x2: "to",
          y: "label",
          fill: (d: Part) => d.part.color,
          insetTop: inset,
          insetBottom: inset,
          insetRight: 1
        }),
        Plot.text(parts.filter(fits), {
          x: (d: Part) => (d.from + d.to) / 2,
          y: "label",
          text: numberOf,
          fill: "var(--background)",
          fontWeight: 600
        }),
        Plot.text(tooNarrow, {
          x: (d: Part) => (d.from + d.to) / 2,
          y: "label",
          text: numberOf,
          dy: -18
        }),
        Plot.text(rows, {x: "total", y: labelOf, text: totalOf, textAnchor: "start", dx: GAP}),
        legend(entries, room, 16)
      ]
    });
  }
});

function numberOf({from, to}: Part): string {
  return formatNumber(to - from, {decimals: 1});
}

function partsOf(row: Row): Part[] {
  const {plain: first, verification: second, total} = row;
  const bar = (part: LegendEntry, from: number, to: number) => ({label: labelOf(row), part, from, to});
  if (second === null) return [bar(plain, 0, first), bar(undivided, first, total)];
  return [
    bar(plain, 0, first),
    bar(verification, first, first + second),
    bar(residual, first + second, total)
  ];
}
