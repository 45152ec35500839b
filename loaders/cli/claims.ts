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
    before: `Usage: npm run --silent claims -- [--json]

Prints the ledger: every claim with its verdict, then the alarms: the rows of queries with a line
“-- alarm: …”. Fails if a verdict differs from the one recorded in data/claims.`,
    flags: {
      json: toggle("print [{id, quote, reading, source, place, page, verdict, reason, facts}] for programs")
    },
    after: `Verdicts: holds, holds-within-rounding, confounded, not-supported, contradicted, not-testable.
Example: npm run --silent claims -- --json | jq 'map(.verdict) | group_by(.) | map({(.[0]): length}) | add'`
  },
  async ({json}) => {
    const {evidence, results} = await readData(paths.data);
    const extra = readPageQueries(readMarkdown(paths.src));
    const {claims, alarms, faults, claimFaults, warehouse} = await compute(evidence, results, {extra});
    warehouse.close();
    stopOn(faults);
    if (json) {
      const printed = claims.map(({id, text, source, verdict, reading, place, page, facts}) => ({
        id,
        quote: text.quote,
        reading,
        source,
        place,
        page,
        verdict,
        reason: text.reason,
        facts
      }));
      console.log(JSON.stringify(printed, null, 2));
    } else {
      for (const {id, verdict, text} of claims)
        console.log(`${verdict.padEnd(22)} ${id}\n    ${text.quote}\n    ${text.reason}`);
      for (const {title, text} of alarms)
        console.log(`${title.padEnd(22)} ${text.replaceAll("\n", "\n    ")}`);
    }
    stopOn(claimFaults);
  }
);
