// What the page of a series says of runs that are not all alike, and of files of vLLM's own.

import assert from "node:assert/strict";
import {afterEach, beforeEach, describe, it} from "node:test";
import {makeSeriesPages} from "../../loaders/pages/series/make.js";
import type {Result} from "../../loaders/results/filed-result.js";
import {compute} from "../../loaders/site/compute.js";
import {readData} from "../../loaders/site/read-data.js";
import {DataFolder, detailed, vllmResult} from "./fixture.js";

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

/** The same run as `npm run bench` would have recorded it. */
const asOwn = (result: Result): Result => ({
  ...result,
  run: {...result.run, tool: {name: "benchbook", version: null}}
});

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

describe("captions of distributions and token gaps", () => {
  beforeEach(() => repeats(() => detailed));

  it("name the corrected definition for runs of this report’s client", async () => {
    const {page} = await site(asOwn);
    assert.match(page, /TPOT of single requests, all repeats together \(`benchbook-1`\)\. Tick/);
    assert.match(page, /How long after the chunk before each chunk of output came, as a share of all;/);
    assert.doesNotMatch(page, /role chunk/);
  });

  it("name vLLM’s times for its own files", async () => {
    const {page} = await site();
    assert.match(
      page,
      /TTFT of single requests, all repeats together, by vLLM’s times: the first chunk of a chat is the role chunk\. Tick/
    );
    assert.match(page, /How long after the chunk before each chunk came, by vLLM’s times/);
    assert.doesNotMatch(page, /benchbook-1|chunk of output/);
  });

  it("tell the two apart where there are both", async () => {
    const {page} = await site((result, i) => (i === 0 ? asOwn(result) : result));
    assert.match(page, /\(`benchbook-1`; of vLLM’s own files by vLLM’s times/);
    assert.match(page, /In vLLM’s own files the first chunk of a chat is the role chunk\./);
  });

  it("say where gaps of 0 are drawn, and only where there are any", async () => {
    const shortest = /The bin at 0\.01 ms holds all shorter gaps too\./;
    assert.doesNotMatch((await site()).page, shortest);
    repeats(() => ({
      ...detailed,
      itls: [
        [0, 0.05],
        [0.1, 0.1],
        [0.02, 0.02]
      ]
    }));
    assert.match((await site()).page, shortest);
  });
});

describe("a series without warnings", () => {
  const enough = {num_prompts: 200, completed: 200, total_input_tokens: 2000, total_output_tokens: 600};
  const both = /^(.*) at the loads that both have\.$/m;

  it("says whose files hold none", async () => {
    repeats(() => enough);
    const vllm = await site();
    assert.match(vllm.page, /^vLLM’s client records no warnings, and this report notes none\.$/m);
    const [, compared] = both.exec(vllm.pages.get("compare/awq-vs-host") ?? "") ?? [];
    assert.equal(compared, "vLLM’s client records no warnings, and this report notes none");
    const own = await site(asOwn);
    assert.match(own.page, /^The result files hold no warnings\.$/m);
    const mixed = await site((result, i) => (i === 0 ? asOwn(result) : result));
    assert.match(
      mixed.page,
      /^The result files of `npm run bench` hold no warnings; vLLM’s client records none/m
    );
  });

  it("says of warnings that this report notes them", async () => {
    repeats();
    const {page, pages} = await site();
    assert.match(page, /^What this report notes about its runs\.$/m);
    const compared = pages.get("compare/awq-vs-host") ?? "";
    assert.match(compared, /^What this report notes about the runs at the loads that both have\.$/m);
  });
});
