import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {subject} from "../../loaders/downloads/catalogue.js";

describe("subject", () => {
  const words = new Map([["fp8", "FP8"]]);

  it("names series, concurrency and other keys in a reader's words", () => {
    const key = {series: "fp8", which: "of_all", concurrency: 2};
    assert.equal(subject({key}, words), "FP8, of all, concurrency 2");
  });

  it("is empty for the only fact of its family", () => {
    assert.equal(subject({key: {}}, words), "");
  });
});
