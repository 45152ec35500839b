import {existsSync, mkdirSync, rmSync, symlinkSync} from "node:fs";
import {dirname, join} from "node:path";
import {engine, paths} from "../paths.js";

/** What runs in the browser, which Framework looks for from the report’s folder; what figures of a report need. */
const shared = ["@duckdb/duckdb-wasm", "@observablehq/plot", "zod"];

/**
 * Links packages of the engine where the report has none of its own. To ask Node for them would not do: it
 * remembers what it has not found.
 */
export function linkPackages(): void {
  for (const name of shared) {
    if (packageAbove(paths.src, name) !== undefined) continue;
    const own = packageAbove(engine, name);
    if (own === undefined)
      throw new Error(`${name} is not installed. Run npm ci in ${dirname(dirname(engine))}.`);
    const link = join(paths.root, "node_modules", name);
    mkdirSync(dirname(link), {recursive: true});
    rmSync(link, {force: true});
    symlinkSync(own, link, "junction");
  }
}

/** The folder of a package, as Node finds it from another folder. */
function packageAbove(folder: string, name: string): string | undefined {
  const place = join(folder, "node_modules", name);
  if (existsSync(place)) return place;
  return dirname(folder) === folder ? undefined : packageAbove(dirname(folder), name);
}
