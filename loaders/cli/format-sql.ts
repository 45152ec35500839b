import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {toggle} from "../flags/flag.js";
import {paths} from "../paths.js";
import {formatSql} from "../warehouse/format-sql.js";
import {run} from "./run.js";

await run(
  {
    before: `Usage: tsx loaders/cli/format-sql.ts [--check]

Formats every .sql file under loaders/ and src/, and of the fixture report. npm run format and npm run check call it.`,
    flags: {
      check: toggle("change nothing; list the files that would change, and exit with 1 if there are any")
    }
  },
  async ({check}) => {
    const changed = ["loaders", "src", "test/fixture/src"]
      .flatMap((folder) =>
        readdirSync(join(paths.root, folder), {recursive: true, encoding: "utf8"}).map((name) =>
          join(folder, name)
        )
      )
      .filter((name) => name.endsWith(".sql"))
      .sort()
      .filter((name) => {
        const file = join(paths.root, name);
        const source = readFileSync(file, "utf8");
        const formatted = formatSql(source);
        if (formatted !== source && !check) writeFileSync(file, formatted);
        return formatted !== source;
      });
    for (const name of changed) console.error(`${name}${check ? " is not formatted" : ""}`);
    if (check && changed.length > 0) throw new Error("Run npm run format.");
  }
);
