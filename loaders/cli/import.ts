import {relative} from "node:path";
import {z} from "zod";
import {UsageError} from "../errors/usage-error.js";
import {readEvidence} from "../evidence/read-evidence.js";
import {flag, toggle} from "../flags/flag.js";
import {namedSeries} from "../measure/named-series.js";
import {carryOut, planImport} from "../measure/plan-import.js";
import {paths} from "../paths.js";
import {run} from "./run.js";

await run(
  {
    before: `Usage: npm run import -- FILES --series ID [--dry-run]

Checks result files and files them under data/results/ID: results of npm run bench, or vLLM's own (JSON,
JSON Lines, the folder of a sweep). Nothing is overwritten; if one file is at fault, none is filed.`,
    flags: {
      series: flag(
        z.string().optional(),
        "ID",
        "the series they belong to; its card is data/series/ID.json with the role measured"
      ),
      "dry-run": toggle("say what would be done")
    },
    after: `Exit codes: 0 filed, 1 a file cannot be filed, 2 the call is wrong.
Example: npm run import -- results/*.json --series my-host`
  },
  async ({series: id, "dry-run": isDry}, files) => {
    if (files.length === 0) throw new UsageError("No file given: npm run import -- FILES --series ID");
    if (id === undefined) throw new UsageError("No series given: add --series ID");
    const {series} = readEvidence(paths.data);
    const card = namedSeries(series, id);
    const plan = await planImport(paths.data, files, card, series);
    if (!isDry) carryOut(plan);
    const verb = isDry ? "would file" : "filed";
    for (const {from, to} of plan.copies) console.log(`${verb} ${from} as ${relative(process.cwd(), to)}`);
    for (const {path, why} of plan.passedOver) console.log(`skipped ${path}: ${why}`);
    console.log(
      `${plan.runs} run${plan.runs === 1 ? "" : "s"} of ${card.id} checked. ${isDry ? "Nothing was changed." : "npm run build shows them."}`
    );
  },
  {allowPositionals: true}
);
