import * as Plot from "@observablehq/plot";
import {type FigureOptions, plotOptions} from "../../loaders/charts/style.js";

/** What one GPU reads of one component in a step. */
export interface ComponentRow {
  /** The bar: checkpoint and tokens a step. */
  bar: string;
  component: string;
  gigabytes: number;
}

const colors = [
  "var(--part-1)",
  "var(--part-2)",
  "var(--part-3)",
  "var(--part-4)",
  "var(--part-5)",
  "var(--part-6)"
];
const CHARACTER = 7.1;
const LEGEND_LINE = 18;

/** Bytes of a step by component: a stacked bar for each checkpoint and number of tokens. */
export function StepBytes(rows: readonly ComponentRow[], options: FigureOptions): Element {
  const components = [...new Set(rows.map(({component}) => component))];
  const bars = [...new Set(rows.map(({bar}) => bar))];
  const legend = place(components, options.width - 16);
  const legendHeight = ((legend.at(-1)?.line ?? 0) + 1) * LEGEND_LINE;
  const height = legendHeight + bars.length * 28 + 48;
  const color = (component: string) => colors[components.indexOf(component)] ?? "currentColor";
  return Plot.plot({
    ...plotOptions({height, ...options}),
    marginLeft: 84,
    marginTop: legendHeight + 6,
    x: {label: "Read in a step (GB per GPU) →", ticks: 6, grid: true},
    y: {label: null, domain: bars, tickSize: 0},
    marks: [
      Plot.barX(rows, {
        x: "gigabytes",
        y: "bar",
        fill: (d: ComponentRow) => color(d.component),
        insetTop: 5,
        insetBottom: 5,
        insetRight: 0.5
      }),
      Plot.ruleX([0]),
      legend.map(({component, left, line}) =>
        Plot.text([component], {
          frameAnchor: "top-left",
          text: (d: string) => `■ ${d}`,
          fill: color(component),
          dx: left - 84 + 8,
          dy: line * LEGEND_LINE - legendHeight - 4
        })
      )
    ]
  });
}

/** Legend entries in lines no wider than the figure. */
function place(components: readonly string[], width: number) {
  let [left, line] = [0, 0];
  return components.map((component) => {
    const entry = (component.length + 4) * CHARACTER;
    if (left > 0 && left + entry > width) [left, line] = [0, line + 1];
    const placed = {component, left, line};
    left += entry;
    return placed;
  });
}
