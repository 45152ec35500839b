import {join} from "node:path";
import {fileURLToPath} from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Where things are; absolute, so that commands work from any folder. */
export const paths = {
  root,
  /** Evidence. BENCHBOOK_DATA names another folder, as the golden test does. */
  data: process.env.BENCHBOOK_DATA ?? join(root, "data"),
  src: join(root, "src"),
  dist: join(root, "dist"),
  /** What the pages offer for download and the panel loads; made by every build. */
  generated: join(root, "src/generated"),
  /** What the pages print; made by every build. */
  report: join(root, ".benchbook/report.json"),
  /** Scratch that may be deleted at any time. BENCHBOOK_CACHE names another folder, as the benchmark does. */
  cache: process.env.BENCHBOOK_CACHE ?? join(root, "node_modules/.cache/benchbook")
};
