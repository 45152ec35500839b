// What the page of a series says of runs that are not all alike, and of files of vLLM's own.

import assert from "node:assert/strict";
import {afterEach, beforeEach, describe, it} from "node:test";
import {compute} from "../../loaders/compute.js";
import {makeSeriesPages} from "../../loaders/pages/series/make.js";
import {readData} from "../../loaders/results/data.js";
import type {Result} from "../../loaders/results/result.js";
import {DataFolder, vllmResult} from "./fixture.js";

let data: DataFolder;
beforeEach(() => {
  data = new DataFolder();
  data.addSeries("host", "measured");
});
afterEach(() => data.remove());

async function site(change: (result: Result, i: number) => Result = (result) => result) {
  const {evidence, results} = await readData(data.path);
  const {facts, warehouse} = await compute(evidence, results.map(change));
  const made = await makeSeriesPages(evidence, facts, warehouse.connection, {
    now: new Date("2026-11-24T12:00:00Z"),
    measured: [],
    stale: []
  });
  warehouse.close();
  return {...made, facts, page: made.pages.get("series/host") ?? assert.fail()};
}

/** Three repeats of a point. */
function repeats(changes: (i: number) => Record<string, unknown> = () => ({})): void {
  for (const i of [0, 1, 2])
    data.write(`results/host/${i}.json`, vllmResult({date: `20260203-20300${i}`, ...changes(i)}));
}

describe("how many repeats a mean is over", () => {
  it("is told definition by definition", async () => {
    repeats();
    const {page, facts} = await site((result, i) => {
      const {run} = result;
      if (i === 0) return result;
      return {...result, run: {...run, metrics: {...run.metrics, "vllm-0.15.1": {median_ttft_ms: 100}}}};
    });
    const shared = (semantics: string) => {
      const [, id = ""] =
        new RegExp(`\\(\`${semantics}\`\\), means over \\{\\{(.*)\\}\\} repeats`).exec(page) ?? [];
      return facts.get(id)?.value;
    };
    assert.equal(shared("as-reported"), 3);
    assert.equal(shared("vllm-0.15.1"), 2);
  });

  it("is a column where metrics have different numbers of runs", async () => {
    repeats((i) => (i === 0 ? {median_ttft_ms: null} : {}));
    const {page, tables} = await site();
    assert.match(page, /\(`as-reported`\), means over the repeats\./);
    const table = tables["points-as-reported-host"] ?? "";
    assert.match(table, />Repeats</);
    assert.match(table, />Median TTFT<.*>140\.0.*>2</);
    assert.match(table, />Median TPOT<.*>20\.00.*>3</);
  });
});
