// What the page of a series says about runs that are not all alike, and about vLLM's own files.

import assert from "node:assert/strict";
import {afterEach, beforeEach, describe, it} from "node:test";
import type {Result} from "../../loaders/results/filed-result.js";
import {readData} from "../../loaders/site/read-data.js";
import {type MadePages, makePages} from "../support/made-pages.js";
import {DataFolder, detailed, vllmResult} from "./fixture.js";

let data: DataFolder;
const open: MadePages[] = [];
beforeEach(() => {
  data = new DataFolder();
  data.addSeries("host", "measured");
});
afterEach(() => {
  for (const {warehouse} of open.splice(0)) warehouse.close();
  data.remove();
});

async function site(change: (result: Result, i: number) => Result = (result) => result) {
  const {evidence, results} = await readData(data.path);
  const made = await makePages({evidence, results: results.map(change)});
  open.push(made);
  return {...made, page: await made.lines("series/host")};
}

/** The line that begins so. */
function line(lines: readonly string[], start: RegExp): string {
  return lines.find((each) => start.test(each)) ?? assert.fail(`${start} in\n${lines.join("\n")}`);
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
  it("is stated for each definition", async () => {
    repeats();
    const {page, html} = await site((result, i) => {
      const {run} = result;
      if (i === 0) return result;
      return {...result, run: {...run, metrics: {...run.metrics, "vllm-0.15.1": {median_ttft_ms: 100}}}};
    });
    line(page, /\(as-reported\), means over 3 repeats\./);
    line(page, /\(vllm-0\.15\.1\), means over 2 repeats\./);
    assert.match(await html("series/host"), /<data data-fact="result_repeats\.host\.vllm-0\.15\.1\.[^"]*"/);
  });

  it("is a column if metrics have different numbers of runs", async () => {
    repeats((i) => (i === 0 ? {median_ttft_ms: null} : {}));
    const {page, cell} = await site();
    line(page, /\(as-reported\), means over the repeats\./);
    const {html: table} = await cell("series/host", "table", "as-reported");
    assert.match(table, />Repeats</);
    assert.match(table, />Median TTFT<.*>140\.0.*>2</);
    assert.match(table, />Median TPOT<.*>20\.00.*>3</);
  });
});

describe("captions of distributions and token gaps", () => {
  beforeEach(() => repeats(() => detailed));

  it("name the corrected definition for runs of this report’s client", async () => {
    const {page} = await site(asOwn);
    line(page, /^TPOT of single requests, all repeats together \(benchbook-1\)\. Tick/);
    line(page, /^How long after the chunk before each chunk of output came, as a share of all;/);
    assert.doesNotMatch(page.join("\n"), /role chunk/);
  });

  it("name vLLM’s times for its own files", async () => {
    const {page} = await site();
    line(
      page,
      /^TTFT of single requests, all repeats together, by vLLM’s times: the first chunk of a chat is the role chunk\. Tick/
    );
    line(page, /^How long after the chunk before each chunk came, by vLLM’s times/);
    assert.doesNotMatch(page.join("\n"), /benchbook-1|chunk of output/);
  });

  it("distinguish the two if there are both", async () => {
    const {page} = await site((result, i) => (i === 0 ? asOwn(result) : result));
    line(page, /\(benchbook-1; of vLLM’s own files by vLLM’s times/);
    line(page, /In vLLM’s own files the first chunk of a chat is the role chunk\./);
  });

  it("say where gaps of 0 are drawn, and only if there are any", async () => {
    const shortest = /The bin at 0\.01 ms holds all shorter gaps too\./;
    assert.doesNotMatch(line((await site()).page, /^How long/), shortest);
    repeats(() => ({
      ...detailed,
      itls: [
        [0, 0.05],
        [0.1, 0.1],
        [0.02, 0.02]
      ]
    }));
    assert.match(line((await site()).page, /^How long/), shortest);
  });
});

describe("a series without warnings", () => {
  const enough = {num_prompts: 200, completed: 200, total_input_tokens: 2000, total_output_tokens: 600};
  const none = "vLLM’s client records no warnings, and this report notes none";

  it("says whose files hold none", async () => {
    repeats(() => enough);
    const vllm = await site();
    assert.ok(vllm.page.includes(`${none}.`));
    assert.ok((await vllm.lines("compare/awq-vs-host")).includes(`${none} at the loads that both have.`));
    const own = await site(asOwn);
    assert.ok(own.page.includes("The result files hold no warnings."));
    const mixed = await site((result, i) => (i === 0 ? asOwn(result) : result));
    line(mixed.page, /^The result files of npm run bench hold no warnings; vLLM’s client records none/);
  });

  it("says that this report notes warnings", async () => {
    repeats();
    const {page, lines} = await site();
    line(page, /^What this report notes about its runs\.$/);
    line(
      await lines("compare/awq-vs-host"),
      /^What this report notes about the runs at the loads that both have\.$/
    );
  });
});
