import {existsSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

/** The folder of the engine: where this file stands. */
export const engine = fileURLToPath(new URL("./", import.meta.url));

/** The folder of the report: the nearest one, from where the command runs upwards, that has a configuration. */
function reportRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, "observablehq.config.ts"))) return at;
    if (dirname(at) === at) return folder;
  }
}

const root = reportRoot(process.cwd());

/** Where things of the report are; absolute. */
export const paths = {
  root,
  /** Evidence. BENCHBOOK_DATA names another folder, as tests do. */
  data: process.env.BENCHBOOK_DATA ?? join(root, "data"),
  src: join(root, "src"),
  dist: join(root, "dist"),
  /** The packages of the engine. */
  packages: join(engine, "../package-lock.json"),
  /** What the pages print, from the last build. */
  report: join(root, ".benchbook/report.json"),
  /** Scratch of the engine that may be deleted at any time. BENCHBOOK_CACHE names another folder, as the benchmark does. */
  cache: process.env.BENCHBOOK_CACHE ?? join(engine, "../node_modules/.cache/benchbook")
};
