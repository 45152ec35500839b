import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {subject} from "../../loaders/pages/catalogue.js";

describe("subject", () => {
  const words = new Map([["awq", "AWQ"]]);

  it("names series, concurrency and other keys as a reader knows them", () => {
    const key = {series: "awq", which: "of_all", concurrency: 2};
    assert.equal(subject({key}, words), "AWQ, of all, concurrency 2");
  });

  it("is empty for the only fact of its family", () => {
    assert.equal(subject({key: {}}, words), "");
  });
});
