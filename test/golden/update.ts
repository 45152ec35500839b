import {cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {run} from "../../loaders/cli/run.js";
import {compute} from "../../loaders/compute.js";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import {claim, table} from "../../loaders/evidence/schema.js";
import {toggle} from "../../loaders/flags/flag.js";
import {paths} from "../../loaders/paths.js";
import {buildGolden, folders, readSnapshot, writeSnapshot} from "./site.js";

await run(
  {
    before: `Usage: npm run golden [-- --data]

Renews test/golden/expected, what the site built from test/golden/data must be. Review the difference
before you commit it.`,
    flags: {
      data: toggle(
        "renew test/golden/data first: data/ with every printed value rounded to two digits, and the verdicts that follow; needed when data/ gets new files, series or claims"
      )
    }
  },
  async ({data}) => {
    if (data) await renewData();
    const before = readSnapshotIfAny();
    const after = await buildGolden();
    writeSnapshot(folders.expected, after);
    const changed = [...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name);
    console.error(changed.length === 0 ? "Nothing changed." : `Renewed: ${changed.join(", ")}`);
  }
);

function readSnapshotIfAny(): Map<string, string> {
  return existsSync(folders.expected) ? readSnapshot(folders.expected) : new Map();
}

/** Other numbers than the report's, in the same shape: a number that is typed instead of computed shows. */
async function renewData(): Promise<void> {
  rmSync(folders.data, {recursive: true, force: true});
  cpSync(paths.data, folders.data, {recursive: true});
  rewrite(["published", "later"], (contents) => {
    const {rows, ...rest} = table.parse(contents);
    return {...rest, rows: rows.map((row) => ({...row, values: row.values.map(twoDigits)}))};
  });
  const {claims, warehouse} = await compute(readEvidence(folders.data));
  warehouse.close();
  const verdicts = new Map(claims.map(({id, verdict}) => [id, verdict]));
  rewrite(["claims"], (contents) =>
    claim
      .array()
      .parse(contents)
      .map((item) => ({...item, expected: verdicts.get(item.id) ?? item.expected}))
  );
}

function twoDigits(value: number): number {
  return Number(value.toPrecision(2));
}

function rewrite(directories: readonly string[], change: (contents: unknown) => unknown): void {
  for (const directory of directories) {
    for (const name of readdirSync(join(folders.data, directory))) {
      const file = join(folders.data, directory, name);
      const contents: unknown = JSON.parse(readFileSync(file, "utf8"));
      writeFileSync(file, `${JSON.stringify(change(contents), null, 2)}\n`);
    }
  }
}
