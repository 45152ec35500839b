import * as Plot from "@observablehq/plot";
import {chart} from "benchbook/charts/chart";
import {frame} from "benchbook/charts/frame";
import {endNames, roomOfNames} from "benchbook/charts/names";
import {z} from "zod";
import {bands, CONTOURS, fifthAbove, LEVELS, options, point} from "./surface-points.js";

/** Speed-up with one draft token over acceptance and the cost of a step; its contours are straight lines. */
export default chart({
  rows: z.array(point),
  options,
  draw(points, {acceptance, ...figure}) {
    const costs = points.map(({cost}) => cost);
    const [least, most] = [Math.min(1, ...costs), fifthAbove(Math.max(...costs) * 1.1)];
    const within = (cost: number) => Math.min(most, Math.max(least, cost));
    const cost = (a: number, level: number) => (level === 0 ? most : within((1 + a) / level));
    // A contour leaves the frame where its cost does. These acceptances are samples too, or its corner would be cut.
    const corners = LEVELS.flatMap((level) => [level * least - 1, level * most - 1]);
    const at = [...Array.from({length: 41}, (_, i) => i / 40), ...corners.filter((a) => a > 0 && a < 1)].sort(
      (a, b) => a - b
    );
    const atRight = [
      ...CONTOURS.filter((level) => 2 / level < most).map((level) => ({
        level,
        label: `× ${level}`,
        weight: "normal" as const
      })),
      ...points.map(({speedup, concurrency}) => ({
        level: speedup,
        label: `C = ${concurrency}`,
        weight: "bold" as const
      }))
    ];
    const atTop = CONTOURS.filter((level) => 2 / level >= most);
    const laid = frame(figure, {
      x: {label: "Acceptance rate (%)", percent: true, domain: [0, 1]},
      y: {label: "Cost of a step (plain steps)", domain: [least, most], ticks: 6},
      height: 352,
      top: 44,
      ...roomOfNames(
        atRight.map(({label}) => label),
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
            x: (a: number) => a,
            y1: (a: number) => cost(a, to),
            y2: (a: number) => cost(a, from),
            fill: color,
            fillOpacity: opacity
          })
        ),
        points.map(({speedup}) =>
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
        Plot.text(atTop, {
          x: (level: number) => level * most - 1,
          frameAnchor: "top",
          lineAnchor: "bottom",
          text: (level: number) => `× ${level}`,
          dy: -5
        }),
        endNames(
          atRight.map(({level, ...name}) => ({...name, color: "currentColor", value: within(2 / level)})),
          laid
        ),
        Plot.dot(points, {x: acceptance, y: "cost", r: 4, fill: "currentColor"})
      ]
    });
  }
});
