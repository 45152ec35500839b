import assert from "node:assert/strict";
import {join} from "node:path";
import {describe, it} from "node:test";
import {csv, printedValues} from "../../loaders/downloads/csv.js";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import {fixture} from "../support/workspace.js";

describe("csv", () => {
  it("writes a head and CRLF line ends", () => {
    assert.equal(csv([{a: 1, b: "x"}]), "a,b\r\n1,x\r\n");
  });

  it("quotes commas, quotes and line ends", () => {
    assert.equal(
      csv([{a: 'say "hi", twice', b: "two\nlines"}]),
      'a,b\r\n"say ""hi"", twice","two\nlines"\r\n'
    );
  });

  for (const formula of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]) {
    it(`keeps a spreadsheet from running ${JSON.stringify(formula)}`, () => {
      assert.match(
        csv([{a: formula}])
          .split("\r\n")
          .slice(1)
          .join("\r\n"),
        /^"?'/
      );
    });
  }

  it("keeps negative numbers as numbers, and leaves null empty", () => {
    assert.equal(csv([{a: -16, b: null}]), "a,b\r\n-16,\r\n");
  });

  it("writes nothing for no rows", () => assert.equal(csv([]), ""));
});

describe("printedValues", () => {
  it("has one row per printed value of the evidence", () => {
    const rows = printedValues(readEvidence(join(fixture, "data")));
    assert.equal(rows.length, 4 * 5);
    assert.deepEqual(rows[0], {
      source: "made-up",
      place: "table “FP8 and BF16”",
      table: "throughput",
      role: "measured",
      series: "bf16",
      baseline: null,
      metric: "system_throughput",
      concurrency: 1,
      value: 71,
      unit: "tok/s",
      decimals: 0
    });
  });

  it("names the baseline of a derived value", () => {
    const derived = printedValues(readEvidence(join(fixture, "data"))).filter(({role}) => role === "derived");
    assert.deepEqual(
      derived.map(({baseline, value}) => [baseline, value]),
      [58, 53, 47, 39].map((value) => ["bf16", value])
    );
  });
});
