import {readAlarms} from "../claims/alarms.js";
import {compute} from "../compute.js";
import {stopOn} from "../errors/faults.js";
import {texts} from "../evidence/texts.js";
import {paths} from "../paths.js";
import {readData} from "../read-data.js";
import {readPageQueries} from "../site/page-queries.js";
import {readMarkdown} from "../site/page-source.js";
import {run} from "./run.js";

const help = `Usage: npm run --silent claims -- [--json]

Prints the ledger: every claim with its verdict, and then the alarms of the report: what its queries with a
line “-- alarm: …” find.
Fails if a verdict is not the one on record in data/claims.

  --json  print [{id, quote, reading, source, place, page, verdict, reason,
          facts}] for programs
  --help  print this

Verdicts: holds, holds-within-rounding, confounded, not-supported, contradicted, not-testable.
Example: npm run --silent claims -- --json | jq 'map(.verdict) | group_by(.) | map({(.[0]): length}) | add'`;

await run(help, {json: {type: "boolean"}}, async ({json}) => {
  const {evidence, results} = await readData(paths.data);
  const {claims, facts, queries, faults, claimFaults, warehouse} = await compute(evidence, results, {
    extra: readPageQueries(readMarkdown(paths.src))
  });
  const {alarms, faults: alarmFaults} = await readAlarms(
    warehouse.connection,
    queries.filter(({name}) => !warehouse.missing.has(name)),
    facts,
    texts(evidence)
  );
  warehouse.close();
  stopOn([...faults, ...alarmFaults]);
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
    for (const {title, text} of alarms) console.log(`${title.padEnd(22)} ${text.replaceAll("\n", "\n    ")}`);
  }
  stopOn(claimFaults);
});
