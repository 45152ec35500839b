import * as Plot from "@observablehq/plot";
import {z} from "zod";
import {concurrencyAxis, extentOf} from "./axis.js";
import {chart} from "./chart.js";
import {seriesColors} from "./colors.js";
import {positive} from "./columns.js";
import {frame} from "./frame.js";
import {endNames, endsOf, inLines, roomOfNames} from "./names.js";

const row = z.object({
  /** The measured series; NULL if the row belongs to a ceiling. */
  series: z.string().nullish(),
  label: z.string(),
  concurrency: positive,
  value: positive,
  /** Dashes a ceiling that rests on other premises than the rest. */
  dashed: z.boolean().nullish()
});
type Row = z.infer<typeof row>;

/** Ceilings by concurrency, one line for each label, together with lines of measured series. */
export default chart({
  rows: z.array(row),
  options: z.strictObject({
    /** What the vertical axis shows, with its unit. */
    label: z.string()
  }),
  draw(unsorted, {label, ...figure}) {
    const lines = inLines(
      unsorted,
      (row) => row.label,
      (row) => row.concurrency
    );
    const rows = lines.flat();
    const measured = rows.flatMap(({series, ...row}) => (series == null ? [] : {...row, series}));
    const ceilings = rows.filter(({series}) => series == null);
    const color = seriesColors(
      measured.map(({series}) => series),
      figure.colored
    );
    const ends = endsOf(lines);
    const laid = frame(figure, {
      x: {...concurrencyAxis(rows.map(({concurrency}) => concurrency)), inset: [10, 0]},
      y: {label, scale: "log10", domain: extentOf(rows.map(({value}) => value))},
      height: Math.max(300, Math.min(400, figure.width * 0.55)),
      ...roomOfNames(
        ends.map((end) => end.label),
        figure.width
      )
    });
    return Plot.plot({
      ...laid.plot,
      x: laid.x,
      y: {...laid.y, grid: true},
      marks: [
        [undefined, "4 3"].map((dashes) =>
          Plot.line(ceilings, {
            x: "concurrency",
            y: "value",
            z: "label",
            stroke: "currentColor",
            strokeOpacity: 0.75,
            strokeWidth: 1.25,
            filter: (d: Row) => (d.dashed === true) === (dashes !== undefined),
            ...(dashes !== undefined && {strokeDasharray: dashes})
          })
        ),
        Plot.line(measured, {
          x: "concurrency",
          y: "value",
          z: "series",
          stroke: (d: {series: string}) => color(d.series),
          strokeWidth: 2
        }),
        Plot.dot(measured, {
          x: "concurrency",
          y: "value",
          fill: (d: {series: string}) => color(d.series),
          r: 4
        }),
        endNames(
          ends.map((end) =>
            end.series == null
              ? {...end, color: "currentColor", weight: "normal" as const}
              : {...end, color: color(end.series)}
          ),
          laid
        )
      ]
    });
  }
});
