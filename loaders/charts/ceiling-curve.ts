import * as Plot from "@observablehq/plot";
import {concurrencyScale, type FigureOptions, plotOptions, type SeriesRow, seriesColor} from "./style.js";

/** The ceiling of one bandwidth at one concurrency. */
export interface CeilingRow {
  label: string;
  concurrency: number;
  value: number;
  /** Drawn dashed: the ceiling as its source had it. */
  published: boolean;
}

const LABEL_STEP = 14;

/** Ceilings by concurrency, one line a bandwidth, and measured points below or above them. */
export function CeilingCurve(
  ceilings: readonly CeilingRow[],
  {points, ...options}: FigureOptions & {points: readonly SeriesRow[]}
): Element {
  const plot = plotOptions({height: Math.max(300, Math.min(400, options.width * 0.55)), ...options});
  const ends = [
    ...new Map(ceilings.filter(({published}) => !published).map((row) => [row.label, row])).values()
  ].sort((a, b) => b.value - a.value);
  const values = [...ceilings, ...points].map(({value}) => value);
  const decades = Math.log10(Math.max(...values) / Math.min(...values));
  const decade = (plot.height - plot.marginTop - plot.marginBottom) / decades;
  return Plot.plot({
    ...plot,
    marginLeft: 52,
    marginRight: 82,
    x: {...concurrencyScale(ceilings), insetLeft: 10},
    y: {
      type: "log",
      label: "↑ System throughput (tok/s, log)",
      grid: true,
      ticks: [100, 200, 500, 1000, 2000].filter((tick) => tick <= Math.max(...values)),
      tickFormat: String
    },
    marks: [
      [undefined, "4 3"].map((dashes) =>
        Plot.line(ceilings, {
          x: "concurrency",
          y: "value",
          z: "label",
          stroke: "currentColor",
          strokeOpacity: 0.75,
          strokeWidth: 1.25,
          filter: (d: CeilingRow) => d.published === (dashes !== undefined),
          ...(dashes !== undefined && {strokeDasharray: dashes})
        })
      ),
      Plot.line(points, {
        x: "concurrency",
        y: "value",
        z: "series",
        stroke: (d: SeriesRow) => seriesColor(d.series),
        strokeWidth: 2
      }),
      Plot.dot(points, {x: "concurrency", y: "value", fill: (d: SeriesRow) => seriesColor(d.series), r: 4}),
      spread(ends, decade).map(({row, dy}) =>
        Plot.text([row], {x: "concurrency", y: "value", text: "label", textAnchor: "start", dx: 8, dy})
      ),
      ceilings
        .filter(({published}) => published)
        .slice(0, 1)
        .map((row) =>
          Plot.text([row], {
            x: "concurrency",
            y: "value",
            text: "label",
            textAnchor: "start",
            dx: 26,
            dy: -4,
            stroke: "var(--background)",
            fill: "currentColor"
          })
        ),
      points.slice(-1).map((last) =>
        Plot.text([last], {
          x: "concurrency",
          y: "value",
          text: "label",
          textAnchor: "start",
          dx: 9,
          fill: seriesColor(last.series),
          fontWeight: 600
        })
      )
    ]
  });
}

/** Labels of lines that end close together, moved down until they do not overlap. */
function spread(ends: readonly CeilingRow[], decade: number): {row: CeilingRow; dy: number}[] {
  let lowest = Number.NEGATIVE_INFINITY;
  return ends.map((row) => {
    const end = -Math.log10(row.value) * decade;
    lowest = Math.max(end - LABEL_STEP / 2, lowest + LABEL_STEP);
    return {row, dy: Math.round(lowest - end)};
  });
}
