import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {describe, it} from "node:test";
import {z} from "zod";

const charts = new URL("../../loaders/charts/", import.meta.url);
const docs = readFileSync(new URL("../../docs/charts.md", import.meta.url), "utf8");

/** What a chart reads: its columns and options, and which of them may be left out. */
const schemas = z.object({rows: z.instanceof(z.ZodType), options: z.instanceof(z.ZodType)});
const properties = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([])
});

/** The names that a schema knows, and which of them it requires. */
function namesOf(schema: unknown): {all: string[]; required: string[]} {
  const {properties: known, required} = properties.parse(schema);
  return {all: Object.keys(known).sort(), required: [...required].sort()};
}

describe("docs/charts.md", async () => {
  for (const file of readdirSync(charts)) {
    const module: {default?: unknown} = await import(new URL(file, charts).href);
    if (module.default === undefined) continue;
    const name = file.replace(/\.ts$/, "");
    const row = docs.split("\n").find((line) => line.startsWith(`| \`${name}\` `)) ?? "";
    const [, , , columns = "", options = ""] = row.split("|");
    const chart = schemas.parse(module.default);

    it(`names the columns of ${name}`, () => {
      const {items} = z.object({items: z.unknown()}).parse(z.toJSONSchema(chart.rows, {io: "input"}));
      assert.deepEqual(
        namesOf(items).all,
        [...columns.matchAll(/`(\w+)`/g)].map(([, column = ""]) => column).sort()
      );
    });

    it(`names the options of ${name}, and which of them may be left out`, () => {
      const {all, required} = namesOf(z.toJSONSchema(chart.options, {io: "input"}));
      for (const option of all)
        assert.match(
          options,
          required.includes(option) ? new RegExp(`(?<!_)\`${option}\``) : new RegExp(`_\`${option}\`_`)
        );
    });
  }
});
