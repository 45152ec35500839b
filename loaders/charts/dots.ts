import * as Plot from "@observablehq/plot";
import {z} from "zod";
import {concurrencyAxis, extentOf} from "./axis.js";
import {chart} from "./chart.js";
import {seriesColors} from "./colors.js";
import {seriesRow} from "./columns.js";
import {frame} from "./frame.js";
import {endNames, endsOf, inLines, roomOfNames} from "./names.js";

/** A dot for each series at each concurrency; a bar joins the dots of a concurrency. */
export default chart({
  rows: z.array(seriesRow),
  options: z.strictObject({
    /** What the vertical axis shows, with its unit. */
    label: z.string()
  }),
  draw(rows, {label, ...figure}) {
    const series = endsOf(
      inLines(
        rows,
        (row) => row.series,
        (row) => row.concurrency
      )
    );
    const color = seriesColors(
      series.map((row) => row.series),
      figure.colored
    );
    const laid = frame(figure, {
      x: concurrencyAxis(rows.map(({concurrency}) => concurrency)),
      y: {label, domain: extentOf([0, ...rows.map(({value}) => value)])},
      ...roomOfNames(
        series.map((row) => row.label),
        figure.width
      )
    });
    return Plot.plot({
      ...laid.plot,
      x: laid.x,
      y: {...laid.y, grid: true},
      marks: [
        Plot.ruleY([0]),
        Plot.ruleX(
          rows,
          Plot.groupX(
            {y1: "min", y2: "max"},
            {x: "concurrency", y: "value", strokeOpacity: 0.35, strokeWidth: 5}
          )
        ),
        Plot.dot(rows, {
          x: "concurrency",
          y: "value",
          fill: (row: {series: string}) => color(row.series),
          r: 4
        }),
        endNames(
          series.map((row) => ({...row, color: color(row.series)})),
          laid
        )
      ]
    });
  }
});
