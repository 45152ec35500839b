import {existsSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {z} from "zod";
import type {FigureOptions} from "../charts/chart.js";

/** A figure that a page can draw; see loaders/charts/chart.ts. */
export interface Chart {
  rows: z.ZodType<unknown[]>;
  options: z.ZodType<object>;
  draw(rows: readonly unknown[], options: FigureOptions & object): Element;
}

/** Resolves to the chart that a page names, or to undefined where there is none. */
export type ChartOf = (name: string) => Promise<Chart | undefined>;

const engine = new URL("../charts/", import.meta.url);
const module = z.object({
  default: z.custom<Chart>(
    (value) => typeof value === "object" && value !== null && "draw" in value && "rows" in value
  )
});

/**
 * Finds charts: those of the report in src/figures, then those of the engine.
 * @param version changes when the code does, so that a preview draws with what is new
 */
export function makeChartOf(src: string, version: string): ChartOf {
  return async (name) => {
    const own = join(src, "figures", `${name}.ts`);
    const url = existsSync(own)
      ? `${pathToFileURL(own).href}?${version}`
      : new URL(`${name}.ts`, engine).href;
    if (!existsSync(own) && !existsSync(new URL(`${name}.ts`, engine))) return;
    const loaded = module.safeParse(await import(url));
    if (!loaded.success)
      throw new Error(`the file ${name}.ts exports no chart. Export one by default: chart({…}).`);
    return loaded.data.default;
  };
}
