import * as Plot from "@observablehq/plot";
import {z} from "zod";
import {extentOf} from "./axis.js";
import {chart} from "./chart.js";
import {seriesColors} from "./colors.js";
import {number} from "./columns.js";
import {EDGE, frame} from "./frame.js";
import {fitted, textWidth} from "./text-width.js";

const row = z.object({
  series: z.string().default(""),
  /** What is written beside the point. */
  label: z.string().nullish(),
  x: number,
  y: number
});
type Row = z.infer<typeof row>;

const line = z.strictObject({intercept: number, slope: number, label: z.string()});

/** From a point to its label. */
const GAP = 8;

/** Points by two measures, with a fitted line, a line to read them against, or their frontier. */
export default chart({
  rows: z.array(row),
  options: z.strictObject({
    /** What the axes show, with their units. */
    x: z.string(),
    y: z.string(),
    /** A line fitted to the points, dashed; its label stands where it leaves the vertical axis. */
    fit: line.optional(),
    /** A line to read the points against; its label stands at its end. */
    reference: line.optional(),
    /** Joins the points that no other beats, where the better is more or less of each measure. */
    frontier: z.strictObject({x: z.enum(["more", "less"]), y: z.enum(["more", "less"])}).optional()
  }),
  draw(rows, {x, y, fit, reference, frontier, ...figure}) {
    const end = Math.max(...rows.map((row) => row.x)) * 1.05;
    const at = (line: {intercept: number; slope: number}, place: number) =>
      line.intercept + line.slope * place;
    const lineEnds = [fit, reference].flatMap((each) => (each ? [at(each, 0), at(each, end)] : []));
    const laid = frame(figure, {
      x: {label: x, domain: extentOf([0, end, ...rows.map((row) => row.x)]), ticks: 6},
      y: {label: y, domain: extentOf([0, ...lineEnds, ...rows.map((row) => row.y)])},
      height: 300
    });
    const color = seriesColors(
      rows.map(({series}) => series),
      figure.colored
    );
    const labels = rows.flatMap((row) =>
      row.label == null
        ? []
        : [{...row, ...placeLabel(row.label, laid.plot.marginLeft + laid.toX(row.x), figure.width)}]
    );
    const [start = "", finish = ""] = [fit, reference].map((each) =>
      fitted(each?.label ?? "", laid.innerWidth - GAP, {lines: 1}).join()
    );
    /** From the end of the reference to its label, which its slope keeps off the line. */
    const below = figure.width < 500 ? 46 : 26;
    return Plot.plot({
      ...laid.plot,
      x: laid.x,
      y: {...laid.y, grid: true},
      marks: [
        Plot.ruleY([0]),
        fit && [
          Plot.line(
            [0, end].map((place) => ({x: place, y: at(fit, place)})),
            {x: "x", y: "y", stroke: color(rows[0]?.series ?? ""), strokeDasharray: "4 3"}
          ),
          Plot.text([{x: 0, y: fit.intercept}], {
            x: "x",
            y: "y",
            text: () => start,
            textAnchor: "start",
            dx: GAP,
            dy: 10
          })
        ],
        reference && [
          Plot.line(
            [0, end].map((place) => ({x: place, y: at(reference, place)})),
            {x: "x", y: "y", stroke: "currentColor", strokeWidth: 1.25}
          ),
          Plot.text([{x: end, y: at(reference, end)}], {
            x: "x",
            y: "y",
            text: () => finish,
            textAnchor: "end",
            dy: laid.toY(at(reference, end)) + below < laid.innerHeight ? below : -below
          })
        ],
        frontier &&
          Plot.line(frontierOf(rows, frontier), {x: "x", y: "y", stroke: "currentColor", strokeOpacity: 0.6}),
        Plot.dot(rows, {x: "x", y: "y", fill: (d: Row) => color(d.series), r: 4}),
        (["end", "start"] as const).map((textAnchor) =>
          Plot.text(
            labels.filter((label) => label.textAnchor === textAnchor),
            {
              x: "x",
              y: "y",
              text: "text",
              textAnchor,
              dx: textAnchor === "end" ? -GAP : GAP,
              dy: -10,
              stroke: "var(--background)",
              fill: "currentColor"
            }
          )
        )
      ]
    });
  }
});

/** A label stands left of its point; right of it where there is room there only; shortened where there is none. */
function placeLabel(label: string, x: number, width: number): {text: string; textAnchor: "start" | "end"} {
  const [left, right] = [x - GAP - EDGE, width - x - GAP - EDGE];
  const length = textWidth(label);
  const textAnchor = length <= left || (length > right && left >= right) ? "end" : "start";
  const [text = ""] = fitted(label, textAnchor === "end" ? left : right, {lines: 1});
  return {text, textAnchor};
}

/** The points than which none is better in one measure and as good in the other, along the first. */
export function frontierOf<P extends {x: number; y: number}>(
  points: readonly P[],
  better: {x: "more" | "less"; y: "more" | "less"}
): P[] {
  const sign = {more: 1, less: -1};
  const [x, y] = [(p: P) => p.x * sign[better.x], (p: P) => p.y * sign[better.y]];
  const beats = (a: P, b: P) => x(a) >= x(b) && y(a) >= y(b) && (x(a) > x(b) || y(a) > y(b));
  return points.filter((p) => !points.some((other) => beats(other, p))).sort((a, b) => a.x - b.x);
}
