import {existsSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {type Drawable, isDrawable} from "../charts/chart.js";

/** Resolves to the chart of this name, or to undefined if there is none. */
export type ChartOf = (name: string) => Promise<Drawable | undefined>;

const engine = new URL("../charts/", import.meta.url);

/** Finds charts: first the report's in src/figures, then the engine's. */
export function makeChartOf(src: string): ChartOf {
  return async (name) => {
    const own = join(src, "figures", `${name}.ts`);
    const shared = new URL(`${name}.ts`, engine);
    const url = existsSync(own) ? pathToFileURL(own).href : existsSync(shared) ? shared.href : undefined;
    if (url === undefined) return;
    const module: {default?: unknown} = await import(url);
    if (isDrawable(module.default)) return module.default;
    throw new Error(`the file ${name}.ts exports no chart. Export one by default: chart({…}).`);
  };
}
