import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {formatInterval, formatNumber, formatValue, parseFormat} from "../../loaders/src/benchbook/format.js";

describe("formatNumber", () => {
  const cases: [value: number, decimals: number, expected: string][] = [
    [0, 0, "0"],
    [0.5, 0, "1"],
    [1.5, 0, "2"],
    [2.5, 0, "3"],
    [-0.5, 0, "−1"],
    [-2.5, 0, "−3"],
    [1.005, 2, "1.01"],
    [0.285, 2, "0.29"],
    [8.345, 2, "8.35"],
    [1.45, 1, "1.5"],
    [-1.005, 2, "−1.01"],
    [0.1 + 0.2, 1, "0.3"],
    [-0.04, 1, "0.0"],
    [-0.4, 0, "0"],
    [9999, 0, "9999"],
    [10000, 0, "10\u202f000"],
    [1234567.891, 2, "1\u202f234\u202f567.89"],
    [1e-9, 2, "0.00"]
  ];
  for (const [value, decimals, expected] of cases) {
    it(`writes ${value} with ${decimals} decimals as ${expected}`, () => {
      assert.equal(formatNumber(value, {decimals}), expected);
    });
  }

  it("writes a plus sign only before numbers that are positive after rounding", () => {
    const format = {decimals: 0, signed: true};
    assert.deepEqual(
      [5, 0.4, 0, -0.4, -5].map((value) => formatNumber(value, format)),
      ["+5", "0", "0", "0", "−5"]
    );
  });

  it("scales a ratio to percent before it rounds", () => {
    assert.equal(formatNumber(0.415, {decimals: 0, scale: "percent"}), "42");
    assert.equal(formatNumber(0.285, {decimals: 0, scale: "percent"}), "29");
    assert.equal(formatNumber(-0.005, {decimals: 0, scale: "percent"}), "−1");
  });
});

describe("formatValue", () => {
  it("puts a no-break space before a unit and a narrow one before the percent sign", () => {
    assert.equal(formatValue(58.18, {decimals: 0, unit: "tok/s"}), "58\u00a0tok/s");
    assert.equal(formatValue(0.4167, {decimals: 0, scale: "percent", signed: true}), "+42\u202f%");
    assert.equal(formatValue(76, {decimals: 0, unit: "%"}), "76\u202f%");
    assert.equal(formatValue(5, {decimals: 0}), "5");
  });
});

describe("formatInterval", () => {
  it("writes one digit more than the number, and no unit", () => {
    assert.equal(
      formatInterval(0.3918, 0.4421, {decimals: 0, scale: "percent", signed: true}),
      "[+39.2,\u202f+44.2]"
    );
  });
});

describe("parseFormat", () => {
  it("reads decimals, sign, percent and unit", () => {
    assert.deepEqual(parseFormat(".1f"), {decimals: 1});
    assert.deepEqual(parseFormat("+.0%"), {decimals: 0, signed: true, scale: "percent"});
    assert.deepEqual(parseFormat("+.2f ms"), {decimals: 2, signed: true, unit: "ms"});
  });

  for (const wrong of ["", "f", "1f", ".f", ".1e", ".1f ms s", "-.1f", ".12f", " .1f"]) {
    it(`refuses “${wrong}”`, () => assert.equal(parseFormat(wrong), undefined));
  }
});
