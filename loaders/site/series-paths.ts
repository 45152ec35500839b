import {z} from "zod";
import type {RowsOf} from "../cells/rows.js";

const series = z.object({series: z.string()});
const pair = z.object({series: z.string(), baseline: z.string()});

/** The paths of pages that the evidence brings: one for each series, one for each pair that can be compared. */
export async function pathsOfSeries(rowsOf: RowsOf): Promise<string[]> {
  const shown = series.array().parse(await rowsOf("shown_series"));
  const compared = pair.array().parse(await rowsOf("compared_pair"));
  return [
    ...shown.map((row) => `/series/${row.series}`),
    ...compared.map((row) => `/compare/${row.series}-vs-${row.baseline}`)
  ];
}
