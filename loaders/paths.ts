import {existsSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

/** The folder of the engine, which contains this file. */
export const engine = fileURLToPath(new URL("./", import.meta.url));

/** The folder of the report: the nearest one with a configuration, from the working directory upwards. */
function reportRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, "observablehq.config.ts"))) return at;
    if (dirname(at) === at) return folder;
  }
}

const root = reportRoot(process.cwd());

/** Absolute paths of the report's files and folders. */
export const paths = {
  root,
  /** Evidence. Tests set BENCHBOOK_DATA to use another folder. */
  data: process.env.BENCHBOOK_DATA ?? join(root, "data"),
  src: join(root, "src"),
  dist: join(root, "dist"),
  /** The lockfile of the engine's packages. */
  packages: join(engine, "../package-lock.json"),
  /** What the pages print, from the last build. */
  report: join(root, ".benchbook/report.json"),
  /** The engine's cache, safe to delete at any time. The benchmark sets BENCHBOOK_CACHE to use another folder. */
  cache: process.env.BENCHBOOK_CACHE ?? join(engine, "../node_modules/.cache/benchbook")
};
