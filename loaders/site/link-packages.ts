import {existsSync, mkdirSync, rmSync, symlinkSync} from "node:fs";
import {dirname, join} from "node:path";
import {engine, paths} from "../paths.js";

/** The packages of the engine that run in the browser. */
const browser = ["@duckdb/duckdb-wasm"];

/**
 * Framework looks for packages from the report’s folder: those of the engine are linked where it has none. To
 * ask Node for them would not do, which remembers what it has not found.
 */
export function linkPackages(): void {
  for (const name of browser) {
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
