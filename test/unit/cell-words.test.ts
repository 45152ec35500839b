// How cells fill in their words: holes that rows fill, loops, columns and options that may be missing.

import assert from "node:assert/strict";
import {describe, it} from "node:test";
import type {Cell} from "../../loaders/cells/cell.js";
import {makeCell} from "../../loaders/cells/make-cells.js";
import type {Material} from "../../loaders/cells/material.js";
import {resolveOption} from "../../loaders/cells/options.js";
import type {Row} from "../../loaders/cells/rows.js";
import {fillLoops, fillShared} from "../../loaders/cells/template.js";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import {fixture} from "../support/workspace.js";

const runs: Row[] = [
  {series: "a", load: 1, axis: "Concurrency", tool: "own", note: null, text: "One {{label.a}}."},
  {series: "a", load: 8, axis: "Concurrency", tool: "own", note: null, text: "Two."}
];

const material: Material = {
  evidence: readEvidence(`${fixture}/data`),
  queries: [],
  facts: new Map(),
  claims: [],
  texts: {"label.a": "A {of} braces"},
  links: {},
  pages: [],
  rowsOf: async (name) => (name === "run_row" ? runs : name === "bad" ? [{text: "{{label.b}}"}] : []),
  chartOf: async () => undefined,
  colored: new Set()
};

async function made(kind: string, name: string, body: string) {
  const cell: Cell = {kind, name, body, page: "page", file: "page.md", line: 1};
  return makeCell(cell, {material, explorableOf: async () => undefined, cells: [cell]});
}

describe("holes in the words of a cell", () => {
  it("get the value that all its rows share in that column", () => {
    assert.equal(fillShared("{axis} of {series}", runs), "Concurrency of a");
  });

  it("are refused if the rows differ, or have no such column", () => {
    assert.throws(() => fillShared("at {load}", runs), /^Error: “\{load\}” has no value/);
    assert.throws(() => fillShared("at {rate}", runs), /^Error: “\{rate\}” has no value/);
  });

  it("leave the text of a row or a label unchanged, braces included", async () => {
    const text = await fillLoops("{series}: {{#rows}}{{label.{series}}} {load}{{/}}", material.rowsOf, runs);
    assert.equal(text, "a: {{label.a}} 1, {{label.a}} 8");
    const {made: table, faults} = await made(
      "table",
      "t",
      'label: "{{label.a}}"\nrows: run_row\ncolumns:\n  Load: row.load\n'
    );
    assert.deepEqual(faults, []);
    assert.match(table.html, /aria-label="A \{of\} braces"/);
  });

  it("are filled in a loop for each row that it selects", async () => {
    const text = '{{#rows load=8 by "; "}}{axis} {load}{{/}}';
    assert.equal(await fillLoops(text, material.rowsOf, runs), "Concurrency 8");
    assert.equal(await fillLoops('{{#run_row by "; "}}{load}{{/}}', material.rowsOf), "1; 8", "of any query");
  });

  it("are filled in headings and captions", async () => {
    const {made: table} = await made(
      "table",
      "t",
      'label: Runs\nrows: run_row\ncolumns:\n  "{axis}": row.load\n---\nBy `{tool}`.\n'
    );
    assert.match(table.html, /<th scope="col">C<span class="room">oncurrency<\/span><\/th>/);
    assert.equal(table.caption, "By `own`.");
  });
});

describe("a table", () => {
  const body = "label: Runs\nrows: run_row\ncolumns:\n  Load: row.load\n  Note: row.note\n";

  it("leaves out empty columns if it says so", async () => {
    assert.match((await made("table", "t", body)).made.html, /Note/);
    assert.doesNotMatch((await made("table", "t", `sparse: true\n${body}`)).made.html, /Note/);
  });

  it("shows what the row names where a hole is the whole content", async () => {
    const cells =
      'label: Runs\nrows: run_row\ncolumns:\n  Load: row.load\n  Tool: "by {tool}"\n  Note: "{note}"\n';
    assert.match((await made("table", "t", cells)).made.html, /<td>by own<\/td><td>—<\/td>/);
  });
});

describe("an option that is a row", () => {
  it("may be missing only if the cell says so", async () => {
    await assert.rejects(resolveOption({row: "nothing"}, material), /yields 0 rows instead of one/);
    assert.equal(await resolveOption({row: "nothing", optional: true}, material), undefined);
    await assert.rejects(
      resolveOption({row: "run_row", optional: true}, material),
      /yields 2 rows instead of one/
    );
  });
});

describe("paragraphs that a query writes", () => {
  it("follow each other, and may name what the report has", async () => {
    const {made: prose, faults} = await made("prose", "run_row", "");
    assert.deepEqual([prose.html, faults], ["One {{label.a}}.\n\nTwo.", []]);
  });

  it("are a fault if they name something unknown", async () => {
    const {faults} = await made("prose", "bad", "");
    assert.deepEqual(
      faults.map(({file, message}) => `${file}: ${message}`),
      ["src/page.md: its rows name the unknown “label.b”. Correct the query."]
    );
  });
});
