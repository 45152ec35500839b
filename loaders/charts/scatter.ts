import * as Plot from "@observablehq/plot";
import {z} from "zod";
import {extentOf} from "./axis.js";
import {chart} from "./chart.js";
import {seriesColors} from "./colors.js";
import {number} from "./columns.js";
import {EDGE, type Frame, frame} from "./frame.js";
import {type Label, withoutOverlaps} from "./labels.js";
import {LEGEND_LINE, legend, legendLines} from "./legend.js";
import {fitted, textWidth} from "./text-width.js";

const row = z.object({
  series: z.string().nullish(),
  /** The name of the series, if there are several. */
  label: z.string().nullish(),
  /** The label of the point. */
  text: z.string().nullish(),
  x: number,
  y: number
});
type Row = z.infer<typeof row>;

const line = z.strictObject({intercept: number, slope: number, label: z.string()});
type Line = z.infer<typeof line>;

/** From a point to its label. */
const GAP = 8;
const HEIGHT = 300;
/** Room above the frame, or above the legend if there is one. */
const TOP = 28;

/** Points by two measures, with a fitted line, a reference line, or their frontier. */
export default chart({
  rows: z.array(row),
  options: z.strictObject({
    /** What the axes show, with their units. */
    x: z.string(),
    y: z.string(),
    /** A dashed line fitted to the points; its label is at the vertical axis. */
    fit: line.optional(),
    /** A line to compare the points with; its label is at its end. */
    reference: line.optional(),
    /** Joins the points that no other point beats. Says of each measure whether more or less is better. */
    frontier: z.strictObject({x: z.enum(["more", "less"]), y: z.enum(["more", "less"])}).optional()
  }),
  draw(rows, {x, y, fit, reference, frontier, ...figure}) {
    const end = Math.max(...rows.map((row) => row.x)) * 1.05;
    const lineEnds = [fit, reference].flatMap((each) => (each ? [at(each, 0), at(each, end)] : []));
    const seriesOf = ({series}: Row) => series ?? "";
    const color = seriesColors(rows.map(seriesOf), figure.colored);
    const entries = [...new Map(rows.map((row) => [seriesOf(row), row.label ?? seriesOf(row)]))].map(
      ([series, label]) => ({label, color: color(series)})
    );
    const asked = {
      x: {label: x, domain: extentOf([0, end, ...rows.map((row) => row.x)]), ticks: 6},
      y: {label: y, domain: extentOf([0, ...lineEnds, ...rows.map((row) => row.y)])}
    };
    const room = frame(figure, asked).innerWidth;
    const legendHeight = entries.length > 1 ? legendLines(entries, room) * LEGEND_LINE : 0;
    const laid = frame(figure, {...asked, top: TOP + legendHeight, height: HEIGHT + legendHeight});
    const labels = withoutOverlaps(
      rows.flatMap((row) =>
        row.text == null
          ? []
          : [
              {
                point: row,
                y: laid.toY(row.y),
                ...placeLabel(row.text, laid.plot.marginLeft + laid.toX(row.x), figure.width)
              }
            ]
      )
    );
    /** From the end of the reference line down to its label, clear of the slope. */
    const below = figure.width < 500 ? 46 : 26;
    return Plot.plot({
      ...laid.plot,
      x: laid.x,
      y: {...laid.y, grid: true},
      marks: [
        Plot.ruleY([0]),
        fit && [
          straight(fit, end, {stroke: entries[0]?.color ?? "currentColor", strokeDasharray: "4 3"}),
          name(fit, 0, laid, {textAnchor: "start", dx: GAP, dy: 10})
        ],
        reference && [
          straight(reference, end, {stroke: "currentColor", strokeWidth: 1.25}),
          name(reference, end, laid, {
            textAnchor: "end",
            dy: laid.toY(at(reference, end)) + below < laid.innerHeight ? below : -below
          })
        ],
        frontier &&
          Plot.line(frontierOf(rows, frontier), {x: "x", y: "y", stroke: "currentColor", strokeOpacity: 0.6}),
        Plot.dot(rows, {x: "x", y: "y", fill: (d: Row) => color(seriesOf(d)), r: 4}),
        labels.map(({point, text, textAnchor}) =>
          Plot.text([point], {
            x: "x",
            y: "y",
            text: () => text,
            textAnchor,
            dx: textAnchor === "end" ? -GAP : GAP,
            dy: -10,
            stroke: "var(--background)",
            fill: "currentColor"
          })
        ),
        entries.length > 1 ? legend(entries, room, LEGEND_LINE) : null
      ]
    });
  }
});

function at({intercept, slope}: Line, x: number): number {
  return intercept + slope * x;
}

/** A straight line from the vertical axis to the end. */
function straight(line: Line, end: number, style: Plot.LineOptions): Plot.Markish {
  return Plot.line(
    [0, end].map((x) => ({x, y: at(line, x)})),
    {x: "x", y: "y", ...style}
  );
}

/** The label of a line, at one of its ends. */
function name(line: Line, x: number, {innerWidth}: Frame, style: Plot.TextOptions): Plot.Markish {
  const text = fitted(line.label, innerWidth - GAP, {lines: 1}).join();
  return Plot.text([{x, y: at(line, x)}], {x: "x", y: "y", text: () => text, ...style});
}

/** Puts a label left of its point, or right of it if only that side has room; shortens it if neither has. */
function placeLabel(label: string, place: number, width: number): Pick<Label, "text" | "x" | "textAnchor"> {
  const [left, right] = [place - GAP - EDGE, width - place - GAP - EDGE];
  const length = textWidth(label);
  const isLeft = length <= left || (length > right && left >= right);
  const [text = ""] = fitted(label, isLeft ? left : right, {lines: 1});
  return isLeft ? {text, x: place - GAP, textAnchor: "end"} : {text, x: place + GAP, textAnchor: "start"};
}

/** The points that no other point matches in both measures and beats in one, sorted by the first measure. */
export function frontierOf<P extends {x: number; y: number}>(
  points: readonly P[],
  better: {x: "more" | "less"; y: "more" | "less"}
): P[] {
  const sign = {more: 1, less: -1};
  const [x, y] = [(p: P) => p.x * sign[better.x], (p: P) => p.y * sign[better.y]];
  const beats = (a: P, b: P) => x(a) >= x(b) && y(a) >= y(b) && (x(a) > x(b) || y(a) > y(b));
  return points.filter((p) => !points.some((other) => beats(other, p))).sort((a, b) => a.x - b.x);
}
