import * as Plot from "@observablehq/plot";
import {LEGEND_LINE, type LegendEntry, legend, legendLines} from "../../loaders/charts/legend.js";
import {type FigureOptions, plotOptions} from "../../loaders/charts/style.js";
import {formatNumber} from "../benchbook/format.js";

/** The parts of a step at a concurrency, in milliseconds; null where a part cannot be told from the next. */
export interface StepRow {
  concurrency: number;
  plain: number;
  verification: number | null;
  total: number;
}

interface Part {
  concurrency: number;
  part: LegendEntry;
  from: number;
  to: number;
}

/** The room that a bold digit takes in a bar, in pixels; more than the dot of a number. */
const DIGIT_WIDTH = 8;

const plain = {label: "plain step", color: "var(--part-1)"};
const verification = {label: "verification", color: "var(--part-2)"};
const residual = {label: "residual", color: "var(--part-3)"};
const undivided = {label: "not divided", color: "var(--part-4)"};

/** What a step with speculation consists of at each concurrency: stacked bars. */
export function StepTime(rows: readonly StepRow[], options: FigureOptions): Element {
  const parts = rows.flatMap(partsOf);
  const entries = [plain, verification, residual, undivided];
  const room = options.width - 70;
  const perMillisecond = (options.width - 92) / Math.max(...rows.map(({total}) => total));
  const marginTop = 14 + legendLines(entries, room) * LEGEND_LINE;
  const fits = (part: Part) => (part.to - part.from) * perMillisecond > numberOf(part).length * DIGIT_WIDTH;
  const tooNarrow = parts.filter((part) => !fits(part));
  /** Room above and below a bar: for a number where it does not fit into its part. */
  const inset = tooNarrow.length > 0 ? 10 : 4;
  return Plot.plot({
    ...plotOptions({height: marginTop + 44 + rows.length * (22 + 2 * inset), ...options}),
    marginLeft: 56,
    marginRight: 36,
    marginTop,
    x: {label: "Time of a step with MTP (ms) →", grid: true, ticks: 6},
    y: {
      label: null,
      domain: rows.map(({concurrency}) => concurrency),
      tickFormat: (c: number) => `C = ${c}`,
      tickSize: 0
    },
    color: {type: "identity"},
    marks: [
      Plot.barX(parts, {
        x1: "from",
        x2: "to",
        y: "concurrency",
        fill: (d: Part) => d.part.color,
        insetTop: inset,
        insetBottom: inset,
        insetRight: 1
      }),
      Plot.text(parts.filter(fits), {
        x: (d: Part) => (d.from + d.to) / 2,
        y: "concurrency",
        text: numberOf,
        fill: "var(--background)",
        fontWeight: 600
      }),
      Plot.text(tooNarrow, {
        x: (d: Part) => (d.from + d.to) / 2,
        y: "concurrency",
        text: numberOf,
        dy: -18
      }),
      Plot.text(rows, {
        x: "total",
        y: "concurrency",
        text: (d: StepRow) => formatNumber(d.total, {decimals: 1}),
        textAnchor: "start",
        dx: 5
      }),
      ...legend(entries, room, 16)
    ]
  });
}

function numberOf({from, to}: Part): string {
  return formatNumber(to - from, {decimals: 1});
}

function partsOf({concurrency, plain: first, verification: second, total}: StepRow): Part[] {
  const bar = (part: LegendEntry, from: number, to: number) => ({concurrency, part, from, to});
  if (second === null) return [bar(plain, 0, first), bar(undivided, first, total)];
  return [
    bar(plain, 0, first),
    bar(verification, first, first + second),
    bar(residual, first + second, total)
  ];
}
