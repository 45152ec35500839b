import assert from "node:assert/strict";
import {afterEach, beforeEach, describe, it} from "node:test";
import {mostRequests} from "../../loaders/results/thinning.js";
import {readData} from "../../loaders/site/read-data.js";
import {makePages} from "../support/made-pages.js";
import {DataFolder, vllmResult} from "./fixture.js";

let data: DataFolder;
beforeEach(() => {
  data = new DataFolder();
});
afterEach(() => data.remove());

const CONCURRENCY = 4;

/** A run in waves: each of the requests that start together is slower than the one before. */
function waves(num_prompts: number, changes: Record<string, unknown> = {}) {
  const each = <T>(value: (index: number) => T) => Array.from({length: num_prompts}, (_, i) => value(i));
  return vllmResult({
    num_prompts,
    completed: num_prompts,
    max_concurrency: CONCURRENCY,
    total_input_tokens: 10 * num_prompts,
    total_output_tokens: 3 * num_prompts,
    input_lens: each(() => 10),
    output_lens: each(() => 3),
    ttfts: each((i) => 0.1 * (1 + (i % CONCURRENCY))),
    itls: each(() => [0.05, 0.05]),
    start_times: each((i) => 1000 + Math.floor(i / CONCURRENCY)),
    generated_texts: each(() => "a"),
    errors: each(() => ""),
    ...changes
  });
}

async function site() {
  const {facts, warehouse, lines, cell} = await makePages(await readData(data.path));
  const kept = await warehouse.connection.runAndReadAll("SELECT id, requests_kept FROM run ORDER BY id");
  const pages = {
    large: (await lines("series/large")).join("\n"),
    small: (await lines("series/small")).join("\n")
  };
  const timeline = await cell("series/large", "figure", "timeline");
  warehouse.close();
  return {facts, timeline, pages, kept: Object.fromEntries(kept.getRowsJS())};
}

describe("a run that is too large for the report file", () => {
  it("keeps its timeline whole and the quantiles of its waves, and leaves other runs as they are", async () => {
    data.addSeries("large", "measured");
    data.write("results/large/a.json", waves(60_000));
    data.addSeries("small", "measured");
    data.write("results/small/a.json", waves(100, {date: "20260203-202833"}));
    const {facts, timeline, pages, kept} = await site();
    assert.equal(kept["small/a"], 100);
    assert.ok(kept["large/a"] <= 14_900 && kept["large/a"] > 14_800, String(kept["large/a"]));
    for (const [quantile, expected] of [
      ["p5", 100],
      ["p95", 400]
    ] as const)
      assert.equal(facts.get(`result_quantile.large.ttft.c4.${quantile}`)?.value, expected, quantile);
    const rows = [...(timeline.twin ?? "").matchAll(/<th scope="row">(\d+)</g)];
    assert.deepEqual(
      rows.map(([, request]) => Number(request)),
      Array.from({length: 64}, (_, i) => i)
    );
    assert.match(pages.large, /The report file keeps 14.8\d\d of the 60.000 requests: a sample\./);
    assert.match(pages.large, /The first 64 requests of the first run/);
    assert.doesNotMatch(pages.small, /sample/);
  });

  it("gives what it does not need of its share to larger ones", () => {
    assert.equal(mostRequests([5000, 9000]), Number.POSITIVE_INFINITY);
    assert.equal(mostRequests([1000, 20_000, 20_000]), 7000);
    assert.equal(mostRequests(Array.from({length: 1000}, () => 5000)), 128);
  });
});
