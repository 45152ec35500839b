import {alarmText} from "../claims/alarm.js";
import {compute} from "../compute.js";
import {stopOn} from "../errors/faults.js";
import {paths} from "../paths.js";
import {readData} from "../read-data.js";
import {run} from "./run.js";

const help = `Usage: npm run --silent claims -- [--json]

Prints the ledger: every claim of the published benchmark and of this report, with its verdict, and then
every measured point above a ceiling, with what could explain it.
Fails if a verdict is not the one on record in data/claims.

  --json  print [{id, quote, reading, source, place, finding, verdict, reason,
          facts}] for programs
  --help  print this

Verdicts: holds, holds-within-rounding, confounded, not-supported, contradicted, not-testable.
Example: npm run --silent claims -- --json | jq 'map(.verdict) | group_by(.) | map({(.[0]): length}) | add'`;

await run(help, {json: {type: "boolean"}}, async ({json}) => {
  const {evidence, results} = await readData(paths.data);
  const {claims, facts, faults, claimFaults, warehouse} = await compute(evidence, results);
  warehouse.close();
  stopOn(faults);
  if (json) {
    const printed = claims.map(({id, text, source, verdict, reading, place, finding, facts}) => ({
      id,
      quote: text.quote,
      reading,
      source,
      place,
      finding,
      verdict,
      reason: text.reason,
      facts
    }));
    console.log(JSON.stringify(printed, null, 2));
  } else {
    for (const {id, verdict, text} of claims)
      console.log(`${verdict.padEnd(22)} ${id}\n    ${text.quote}\n    ${text.reason}`);
    const alarm = alarmText(facts);
    if (alarm !== "") console.log(alarm);
  }
  stopOn(claimFaults);
});
