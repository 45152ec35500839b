import * as Plot from "@observablehq/plot";
import {type FigureOptions, plotOptions} from "../../loaders/charts/style.js";
import {spread} from "../benchbook/spread.js";

/** A measured speed-up, and the cost of a step it stands for at the stated acceptance. */
export interface SurfacePoint {
  concurrency: number;
  speedup: number;
  /** Time of a step with speculation in times of a plain step. */
  cost: number;
}

export interface SurfaceOptions extends FigureOptions {
  /** The stated acceptance rate, at which the points are drawn. */
  acceptance: number;
}

const LABEL_GAP = 14;
/** Levels of speed-up between which the surface has one colour. */
const LEVELS = [0, 0.6, 0.8, 1, 1.2, 1.5, 2.5];
const OPACITY: Record<number, number> = {0: 0.5, 0.6: 0.34, 0.8: 0.16, 1: 0.16, 1.2: 0.34, 1.5: 0.5};

interface Band {
  from: number;
  to: number;
  color: string;
  opacity: number;
}

const bands: Band[] = LEVELS.slice(0, -1).map((from, i) => ({
  from,
  to: LEVELS[i + 1] ?? from,
  color: from < 1 ? "var(--loss)" : "var(--gain)",
  opacity: OPACITY[from] ?? 0.2
}));

/** Speed-up with one draft token over acceptance and the cost of a step; its contours are straight lines. */
export function SurfaceOverCost(
  points: readonly SurfacePoint[],
  {acceptance, ...options}: SurfaceOptions
): Element {
  const [least, most] = [1, 2.4];
  const cost = (a: number, level: number) =>
    level === 0 ? most : Math.min(most, Math.max(least, (1 + a) / level));
  // A contour leaves the frame where its cost does: those acceptances are samples too, or its corner is cut.
  const corners = LEVELS.flatMap((level) => [level * least - 1, level * most - 1]);
  const at = [...Array.from({length: 41}, (_, i) => i / 40), ...corners.filter((a) => a > 0 && a < 1)].sort(
    (a, b) => a - b
  );
  const plot = {...plotOptions({height: 352, ...options}), marginTop: 44, marginRight: 58};
  const contours = LEVELS.slice(1, -1).map((level) => ({level, text: `× ${level}`, weight: 400}));
  const lines = points.map(({speedup, concurrency}) => ({
    level: speedup,
    text: `C = ${concurrency}`,
    weight: 600
  }));
  const [right, top] = [
    [...contours.filter(({level}) => 2 / level < most), ...lines],
    contours.filter(({level}) => 2 / level >= most)
  ];
  const end = (level: number) => Math.min(most, Math.max(least, 2 / level));
  const height = plot.height - plot.marginTop - plot.marginBottom;
  const places = right.map(({level}) => ((most - end(level)) / (most - least)) * height);
  const spaced = spread(places, LABEL_GAP);
  return Plot.plot({
    ...plot,
    x: {label: "Acceptance rate (%) →", percent: true, domain: [0, 100], ticks: 5},
    y: {label: "↑ Cost of a step (plain steps)", domain: [least, most], ticks: 6},
    marks: [
      ...bands.map(({from, to, color, opacity}) =>
        Plot.areaY(at, {
          x: (a: number) => a,
          y1: (a: number) => cost(a, to),
          y2: (a: number) => cost(a, from),
          fill: color,
          fillOpacity: opacity
        })
      ),
      ...points.map(({speedup}) =>
        Plot.line(
          at.filter((a) => (1 + a) / speedup >= least && (1 + a) / speedup <= most),
          {
            x: (a: number) => a,
            y: (a: number) => (1 + a) / speedup,
            strokeOpacity: 0.55,
            strokeDasharray: "2 3"
          }
        )
      ),
      Plot.line([0, 1], {x: (a: number) => a, y: (a: number) => 1 + a, strokeWidth: 2.5}),
      Plot.text(top, {
        x: ({level}: {level: number}) => level * most - 1,
        frameAnchor: "top",
        lineAnchor: "bottom",
        text: "text",
        dy: -5
      }),
      ...right.map(({level, text, weight}, i) =>
        Plot.text([text], {
          x: 1,
          y: end(level),
          text: (d: string) => d,
          textAnchor: "start",
          dx: 8,
          dy: (spaced[i] ?? 0) - (places[i] ?? 0),
          fontWeight: weight
        })
      ),
      Plot.dot(points, {x: acceptance, y: "cost", r: 4, fill: "currentColor"})
    ]
  });
}

/** Speed-up with one draft token over concurrency and acceptance, at the cost of a step each point stands for. */
export function SurfaceOverConcurrency(
  points: readonly SurfacePoint[],
  {acceptance, ...options}: SurfaceOptions
): Element {
  const most = 1.2;
  const at = points.flatMap(({concurrency, cost}, i) => {
    const next = points[i + 1];
    if (next === undefined) return [{concurrency, cost}];
    return Array.from({length: 10}, (_, step) => ({
      concurrency: concurrency * (next.concurrency / concurrency) ** (step / 10),
      cost: cost + ((next.cost - cost) * step) / 10
    }));
  });
  const last = points.at(-1) ?? {concurrency: 1, cost: 1};
  const needed = ({cost}: {cost: number}, level: number) => Math.min(most, Math.max(0, level * cost - 1));
  return Plot.plot({
    ...plotOptions({height: 320, ...options}),
    x: {
      type: "log",
      base: 2,
      ticks: points.map(({concurrency}) => concurrency),
      tickFormat: String,
      label: "Concurrency →",
      inset: 0
    },
    y: {label: "↑ Acceptance rate (%)", percent: true, domain: [0, 100 * most], ticks: 6},
    marginRight: 52,
    marks: [
      ...bands.map(({from, to, color, opacity}) =>
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
      Plot.text(
        LEVELS.filter((level) => needed(last, level) > 0 && needed(last, level) < most),
        {
          x: last.concurrency,
          y: (level: number) => needed(last, level),
          text: (level: number) => `× ${level}`,
          textAnchor: "start",
          dx: 8
        }
      ),
      Plot.ruleY([acceptance], {strokeDasharray: "2 3", strokeOpacity: 0.55}),
      Plot.dot(points, {x: "concurrency", y: (d: SurfacePoint) => d.cost - 1, r: 4, fill: "currentColor"}),
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
