import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import {csv, printedValues} from "../../loaders/pages/downloads.js";
import {paths} from "../../loaders/paths.js";

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

  it("leaves negative numbers numbers, and null empty", () => {
    assert.equal(csv([{a: -16, b: null}]), "a,b\r\n-16,\r\n");
  });

  it("writes nothing for no rows", () => assert.equal(csv([]), ""));
});

describe("printedValues", () => {
  it("has one row a printed value of the evidence", () => {
    const evidence = readEvidence(paths.data);
    const count = evidence.tables.reduce((sum, {rows, columns}) => sum + rows.length * columns.length, 0);
    const rows = printedValues(evidence);
    assert.equal(rows.length, count);
    assert.ok(rows.every(({value}) => Number.isFinite(value)));
  });
});
