import assert from "node:assert/strict";
import {test} from "node:test";
import {type Budget, row} from "../benchmark/row.js";

const verdict = (measured: number, budget: Budget) => row("a row", measured, "ms", budget).verdict;

test("a row holds its budget, exceeds it, or is no worse than a floor that exceeds it", () => {
  const floor = {atMost: 0.1, overWithReference: 1.2};
  assert.equal(verdict(0.1, {...floor, reference: 0.3}), "holds");
  assert.equal(verdict(0.2, {...floor, reference: 0.1}), "EXCEEDED", "the reference holds it");
  assert.equal(verdict(0.24, {...floor, reference: 0.2}), "reference over");
  assert.equal(verdict(0.25, {...floor, reference: 0.2}), "EXCEEDED", "and the reference is not why");
  assert.equal(verdict(0.2, {atMost: 0.1, reference: 0.2}), "EXCEEDED", "a reference that is no floor");
  assert.equal(verdict(Number.NaN, {...floor, reference: 0.2}), "EXCEEDED");
});

test("a ratio needs a reference", () => {
  assert.equal(verdict(1, {atMostTimes: 2, reference: 1}), "holds");
  assert.equal(verdict(3, {atMostTimes: 2, reference: 1}), "EXCEEDED");
  assert.equal(verdict(1, {atMostTimes: 2}), "EXCEEDED");
});
