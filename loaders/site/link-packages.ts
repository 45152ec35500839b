import {existsSync, mkdirSync, rmSync, symlinkSync} from "node:fs";
import {dirname, join} from "node:path";
import {engine, paths} from "../paths.js";

/** Packages that Framework looks up from the report’s folder for the browser, or that figures of a report need. */
const shared = [
  "@duckdb/duckdb-wasm",
  "@observablehq/plot",
  "d3-axis",
  "d3-contour",
  "d3-scale",
  "d3-selection",
  "d3-shape",
  "zod"
];

/**
 * Links the engine's packages into the report if it lacks them. It does not ask Node whether they exist, because Node
 * would remember that they do not.
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

/** The folder where Node would find a package when asked from another folder. */
function packageAbove(folder: string, name: string): string | undefined {
  const place = join(folder, "node_modules", name);
  if (existsSync(place)) return place;
  return dirname(folder) === folder ? undefined : packageAbove(dirname(folder), name);
}
