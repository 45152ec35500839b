import * as Plot from "@observablehq/plot";
import {concurrencyAxis} from "benchbook/charts/axis";
import {chart} from "benchbook/charts/chart";
import {frame} from "benchbook/charts/frame";
import {endNames, roomOfNames} from "benchbook/charts/names";
import {z} from "zod";
import {bands, CONTOURS, fifthAbove, options, point} from "./surface-points.js";

/** Samples between two points. */
const STEPS = 10;

/** Speed-up with one draft token over concurrency and acceptance, at the step cost that each point implies. */
export default chart({
  rows: z.array(point),
  options,
  draw(points, {acceptance, ...figure}) {
    const most = Math.max(1.2, fifthAbove(Math.max(...points.map(({cost}) => cost)) - 1));
    const at = points.flatMap(({concurrency, cost}, i) => {
      const next = points[i + 1];
      if (next === undefined) return [{concurrency, cost}];
      return Array.from({length: STEPS}, (_, step) => ({
        concurrency: concurrency * (next.concurrency / concurrency) ** (step / STEPS),
        cost: cost + ((next.cost - cost) * step) / STEPS
      }));
    });
    const lastCost = points.at(-1)?.cost ?? 1;
    const needed = ({cost}: {cost: number}, level: number) => Math.min(most, Math.max(0, level * cost - 1));
    const levels = CONTOURS.map((level) => ({
      label: `× ${level}`,
      value: needed({cost: lastCost}, level)
    })).filter(({value}) => value > 0 && value < most);
    const laid = frame(figure, {
      x: concurrencyAxis(points.map(({concurrency}) => concurrency)),
      y: {label: "Acceptance rate (%)", percent: true, domain: [0, most], ticks: 6},
      height: 320,
      ...roomOfNames(
        levels.map(({label}) => label),
        figure.width
      )
    });
    return Plot.plot({
      ...laid.plot,
      x: laid.x,
      y: laid.y,
      marks: [
        bands.map(({from, to, color, opacity}) =>
          Plot.areaY(at, {
            x: "concurrency",
            y1: (d: {cost: number}) => needed(d, from),
            y2: (d: {cost: number}) => needed(d, to),
            fill: color,
            fillOpacity: opacity
          })
        ),
        Plot.rectY([1], {y1: (d: number) => d, y2: most, fill: "var(--background)", fillOpacity: 0.7}),
        Plot.ruleY([1]),
        Plot.text(["no such rate"], {frameAnchor: "top-right", dx: -6, dy: 10, text: (d: string) => d}),
        Plot.line(at, {x: "concurrency", y: (d: {cost: number}) => d.cost - 1, strokeWidth: 2.5}),
        endNames(
          levels.map((level) => ({...level, color: "currentColor", weight: "normal" as const})),
          laid
        ),
        Plot.ruleY([acceptance], {strokeDasharray: "2 3", strokeOpacity: 0.55}),
        Plot.dot(points, {
          x: "concurrency",
          y: (d: {cost: number}) => d.cost - 1,
          r: 4,
          fill: "currentColor"
        }),
        Plot.text(["break-even"], {
          x: points[1]?.concurrency ?? 1,
          y: (points[1]?.cost ?? 1) - 1,
          text: (d: string) => d,
          dy: 16
        }),
        Plot.text(["as stated"], {
          frameAnchor: "left",
          y: acceptance,
          text: (d: string) => d,
          textAnchor: "start",
          lineAnchor: "top",
          dx: 6,
          dy: 5
        })
      ]
    });
  }
});
