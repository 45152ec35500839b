import {mkdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {z} from "zod";
import {run} from "../../loaders/cli/run.js";
import {flag} from "../../loaders/flags/flag.js";
import {processorTime, stolenShare} from "../../loaders/machine/processor.js";
import {paths} from "../../loaders/paths.js";
import type {Row} from "./row.js";

await run(
  {
    before: `Usage: npm run benchmark [-- --only site|client] [--json FILE]

Measures the built site (npm run build) and the benchmark client against their budgets and references,
all in the same run, and prints a table. Takes about six minutes; let nothing else run. Fails if a
budget is exceeded. The client is compared with one in Python (apt-get install python3-aiohttp).`,
    flags: {
      only: flag(z.enum(["site", "client"]).optional(), "PART", "measure the site or the client alone"),
      json: flag(z.string().optional(), "FILE", "write the rows to a file as well")
    }
  },
  async ({json, only}) => {
    const say = (text: string) => console.error(text);
    const start = processorTime();
    const rows = [
      ...(only === "client" ? [] : await (await import("./site.js")).measureSite(say)),
      ...(only === "site" ? [] : await (await import("./client.js")).measureClient(say))
    ];
    if (json !== undefined) {
      const file = join(paths.root, json);
      mkdirSync(dirname(file), {recursive: true});
      writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
    }
    const stolen = stolenShare(start, processorTime());
    console.log(table(rows));
    if (stolen !== null)
      console.log(
        `The host took ${(100 * stolen).toFixed(1)} % of the processor time that this machine wanted.`
      );
    const exceeded = rows.filter(({holds}) => !holds);
    if (exceeded.length > 0) {
      throw new Error(
        `Over budget: ${exceeded.map(({name}) => name).join("; ")}. Run it on an idle machine, or see docs/performance.md.`
      );
    }
  }
);

function table(rows: readonly Row[]): string {
  const cells = rows.map(({name, measured, unit, reference, ratio, budget, holds}) => [
    name,
    `${digits(measured)} ${unit}`.trim(),
    reference === null ? "" : digits(reference),
    ratio === null ? "" : `${digits(ratio)} ×`,
    budget ?? "",
    budget === null ? "" : holds ? "holds" : "EXCEEDED"
  ]);
  const head = ["", "measured", "reference", "ratio", "budget", ""];
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i]?.length ?? 0)));
  return [head, widths.map((width) => "-".repeat(width)), ...cells]
    .map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`)
    .join("\n");
}

function digits(value: number): string {
  if (value === 0) return "0";
  return value < 10 ? value.toFixed(2) : value < 10_000 ? value.toFixed(1) : String(Math.round(value));
}
