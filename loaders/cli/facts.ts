import {stopOn} from "../errors/faults.js";
import {toggle} from "../flags/flag.js";
import {readPageQueries} from "../pages/page-queries.js";
import {readMarkdown} from "../pages/page-source.js";
import {paths} from "../paths.js";
import {compute} from "../site/compute.js";
import {readData} from "../site/read-data.js";
import {run} from "./run.js";

await run(
  {
    before: `Usage: npm run --silent facts -- [--json]

Prints every fact of the report: a named quantity with its interval and the query that yields it.`,
    flags: {
      json: toggle("print [{id, value, low, high, unit, interval, sql, text, sources}] for programs")
    },
    after: `Example: npm run --silent facts -- --json | jq -r '.[] | [.id, .text] | @tsv'`
  },
  async ({json}) => {
    const {evidence, results} = await readData(paths.data);
    const extra = readPageQueries(readMarkdown(paths.src));
    const {facts, faults, warehouse} = await compute(evidence, results, {extra});
    warehouse.close();
    stopOn(faults);
    if (json) {
      const printed = [...facts.values()].map(
        ({id, value, low, high, unit, interval, sql, text, sources}) => ({
          id,
          value,
          low,
          high,
          unit,
          interval,
          sql,
          text,
          sources
        })
      );
      console.log(JSON.stringify(printed, null, 2));
      return;
    }
    const width = Math.max(...Array.from(facts.keys(), ({length}) => length));
    for (const {id, text, intervalText} of facts.values())
      console.log(`${id.padEnd(width)}  ${text}  ${intervalText}`.trimEnd());
  }
);
