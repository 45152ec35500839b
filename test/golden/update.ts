import {existsSync} from "node:fs";
import {run} from "../../loaders/cli/run.js";
import {buildGolden, expectedFolder, readSnapshot, writeSnapshot} from "./site.js";

await run(
  {
    before: `Usage: npm run golden

Renews test/golden/expected, what the site of test/fixture must be. Review the difference before you commit it.`,
    flags: {}
  },
  async () => {
    const before = existsSync(expectedFolder) ? readSnapshot(expectedFolder) : new Map<string, string>();
    const after = await buildGolden();
    writeSnapshot(expectedFolder, after);
    const changed = [...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name);
    console.error(changed.length === 0 ? "Nothing changed." : `Renewed: ${changed.join(", ")}`);
  }
);
