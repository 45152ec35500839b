import {mkdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {measureSite, type Row} from "../../test/benchmark/site.js";
import {paths} from "../paths.js";
import {run} from "./run.js";

const help = `Usage: npm run benchmark [-- --json FILE]

Measures the built site (npm run build) against its budgets, each with a reference measured in the same
run, and prints a table. Takes about two minutes; let nothing else run. Fails if a budget is exceeded.

  --json FILE  write the rows to a file as well
  --help       print this`;

await run(help, {json: {type: "string"}}, async ({json}) => {
  const rows = await measureSite((text) => console.error(text));
  if (json !== undefined) {
    const file = join(paths.root, json);
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
  }
  console.log(table(rows));
  const exceeded = rows.filter(({holds}) => !holds);
  if (exceeded.length > 0) {
    throw new Error(
      `Over budget: ${exceeded.map(({name}) => name).join("; ")}. Run it on an idle machine, or see docs/performance.md.`
    );
  }
});

function table(rows: readonly Row[]): string {
  const cells = rows.map(({name, measured, unit, reference, ratio, budget, holds}) => [
    name,
    `${digits(measured)} ${unit}`.trim(),
    reference === null ? "" : digits(reference),
    ratio === null ? "" : `${digits(ratio)} ×`,
    budget === null ? "" : String(budget),
    budget === null ? "" : holds ? "holds" : "EXCEEDED"
  ]);
  const head = ["", "measured", "reference", "ratio", "budget", ""];
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i]?.length ?? 0)));
  return [head, widths.map((width) => "-".repeat(width)), ...cells]
    .map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`)
    .join("\n");
}

function digits(value: number): string {
  return value === 0 ? "0" : value < 10 ? value.toFixed(2) : value.toFixed(1);
}
