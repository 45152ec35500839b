import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, describe, it} from "node:test";
import {parseHTML} from "linkedom";
import {callFingerprint} from "../../loaders/bench/call/plan.js";
import {makeCatalogue} from "../../loaders/downloads/catalogue.js";
import {FaultsError} from "../../loaders/errors/faults.js";
import type {Run} from "../../loaders/formats/run-record.js";
import {liveOptions} from "../../loaders/measure/live-series.js";
import type {Result} from "../../loaders/results/filed-result.js";
import {compute} from "../../loaders/site/compute.js";
import {readData} from "../../loaders/site/read-data.js";
import {type MadePages, makePages} from "../support/made-pages.js";
import {DataFolder, detailed, vllmResult} from "./fixture.js";

let data: DataFolder;
const open: MadePages[] = [];
beforeEach(() => {
  data = new DataFolder();
});
afterEach(() => {
  for (const {warehouse} of open.splice(0)) warehouse.close();
  data.remove();
});

/** Enough prompts for every slot at the concurrencies measured here. */
const enough = {num_prompts: 16, completed: 16};

/** The pages of the evidence, or of what a test makes of its results. */
async function site(
  change: (result: Result) => Result = (result) => result,
  measured: readonly string[] = []
): Promise<MadePages> {
  const {evidence, results} = await readData(data.path);
  const now = new Date("2026-11-24T12:00:00Z");
  const made = await makePages({evidence, results: results.map(change)}, {now, measured});
  open.push(made);
  return made;
}

async function factsOf(folder: DataFolder) {
  const {evidence, results} = await readData(folder.path);
  const {facts, warehouse} = await compute(evidence, results);
  warehouse.close();
  return facts;
}

async function faultsOf(folder: DataFolder): Promise<string[]> {
  try {
    await readData(folder.path);
    return [];
  } catch (error) {
    if (!(error instanceof FaultsError)) throw error;
    return error.faults.map(({file, message}) =>
      `${file}: ${message}`.replaceAll(/\S*data\/(?=results\/|series\/\w+\.json: )/g, "")
    );
  }
}

describe("result files as evidence", () => {
  it("yields no facts and no faults if there are no results", async () => {
    const facts = await factsOf(data);
    assert.deepEqual(
      [...facts.keys()].filter((id) => id.startsWith("result_")),
      []
    );
  });

  it("reads vLLM's JSON, its JSON Lines with bare Infinity, and a sweep's folder into points", async () => {
    data.addSeries("host", "measured");
    data.write("results/host/one.json", vllmResult(enough));
    const lines = [
      vllmResult({date: "20260203-203000", max_concurrency: 8}),
      vllmResult({date: "20260203-203100", max_concurrency: 8, median_tpot_ms: 24})
    ];
    data.write(
      "results/host/appended.json",
      lines.map((line) => JSON.stringify(line).replace('"burstiness":1', '"burstiness":Infinity')).join("\n")
    );
    const run = vllmResult({max_concurrency: 16, run_number: 0});
    data.write("results/host/sweep/A/run=0.json", run);
    data.write("results/host/sweep/A/summary.json", [run]);
    const facts = await factsOf(data);
    const point = (metric: string, c: number) => facts.get(`result_point.host.as-reported.${metric}.c${c}`);
    assert.equal(point("median_ttft_ms", 4)?.value, 140);
    assert.equal(point("system_throughput", 4)?.value, 200);
    assert.equal(point("system_throughput", 4)?.interval, "none");
    assert.equal(point("median_tpot_ms", 8)?.value, 22);
    assert.equal(facts.get("result_repeats.host.as-reported.median_ttft_ms.c16")?.value, 1);
  });

  it("takes the interval of three repeats from Student's t, and has none for two", async () => {
    data.addSeries("host", "measured");
    [20, 22, 21].forEach((median_tpot_ms, i) => {
      data.write(`results/host/${i}.json`, vllmResult({date: `20260203-20300${i}`, median_tpot_ms}));
    });
    [20, 22].forEach((median_tpot_ms, i) => {
      const two = {date: `20260203-20310${i}`, median_tpot_ms, max_concurrency: 8};
      data.write(`results/host/two-${i}.json`, vllmResult(two));
    });
    const facts = await factsOf(data);
    const three = facts.get("result_point.host.as-reported.median_tpot_ms.c4");
    assert.equal(three?.interval, "t");
    assert.equal(three?.value, 21);
    // t(2) = 4.303, the deviation of 20, 21 and 22 being 1
    assert.ok(Math.abs((three?.high ?? 0) - (21 + 4.303 / Math.sqrt(3))) < 1e-9, String(three?.high));
    const two = facts.get("result_point.host.as-reported.median_tpot_ms.c8");
    assert.equal(two?.interval, "none");
    assert.equal(two?.value, 21);
  });

  it("ends an interval where the metric does", async () => {
    data.addSeries("host", "measured");
    [1, 40, 200].forEach((median_ttft_ms, i) => {
      data.write(`results/host/${i}.json`, vllmResult({date: `20260203-20300${i}`, median_ttft_ms}));
    });
    const fact = (await factsOf(data)).get("result_point.host.as-reported.median_ttft_ms.c4");
    assert.equal(fact?.low, 0);
  });

  it("has points of a sweep over request rates, with and without a concurrency limit", async () => {
    data.addSeries("host", "measured");
    for (const request_rate of [1, 4]) {
      const rate = {date: `20260203-20300${request_rate}`, request_rate, max_concurrency: null};
      data.write(`results/host/r${request_rate}.json`, vllmResult({...detailed, ...rate}));
      const capped = {date: `20260203-20310${request_rate}`, request_rate, max_concurrency: 64};
      data.write(`results/host/c64-r${request_rate}.json`, vllmResult(capped));
    }
    const {facts, cell} = await site();
    for (const load of ["r1", "r4", "c64-r1", "c64-r4"])
      assert.equal(facts.get(`result_point.host.as-reported.median_ttft_ms.${load}`)?.value, 140, load);
    assert.equal(facts.has("result_point.host.as-reported.system_throughput.c64-r4"), false);
    const table = await cell("series/host", "table", "as-reported");
    assert.match(table.html, />C 64 at 4 req\/s<[\s\S]*>4 req\/s</);
    const {html: figure, caption} = await cell("series/host", "figure", "as-reported-median-ttft");
    assert.match(figure, /140\.0&nbsp;ms at 4 req\/s/);
    assert.equal(caption, "Median TTFT by request rate (`as-reported`).");
    assert.match(figure, />no limit</);
    assert.match(figure, />limit 64</, "a line of its own");
  });

  it("has a system throughput only if there were prompts for all slots", async () => {
    for (const [day, id] of ["host-a", "host-b"].entries()) {
      data.addSeries(id, "measured");
      for (const max_concurrency of [8, 32]) {
        const result = {...enough, date: `2026020${day + 1}-203000`, max_concurrency};
        data.write(`results/${id}/${max_concurrency}.json`, vllmResult(result));
      }
    }
    const {facts, cell} = await site();
    const point = (metric: string, load: string) =>
      facts.get(`result_point.host-a.as-reported.${metric}.${load}`)?.value;
    assert.equal(point("system_throughput", "c8"), 400);
    assert.equal(point("system_throughput", "c32"), undefined);
    assert.equal(point("median_tpot_ms", "c32"), 20);
    assert.deepEqual(
      [...facts.keys()].filter((id) => id.startsWith("series_lead.host-a.host-b")),
      ["series_lead.host-a.host-b.c8"]
    );
    const {caption = ""} = await cell("series/host-a", "table", "as-reported");
    assert.match(caption, /No system throughput at concurrency 32: there were fewer prompts than slots\.$/);
  });

  it("takes no point from a run in which nothing succeeded, and says so", async () => {
    data.addSeries("host", "measured");
    data.write("results/host/good.json", vllmResult({date: "20260203-203000"}));
    const nothing = {date: "20260203-203100", completed: 0, failed: 3, median_ttft_ms: 0, median_tpot_ms: 0};
    data.write("results/host/dead.json", vllmResult(nothing));
    const {facts, lines, html, cell} = await site();
    assert.equal(facts.get("result_point.host.as-reported.median_ttft_ms.c4")?.value, 140);
    assert.equal(facts.get("result_repeats.host.as-reported.median_ttft_ms.c4")?.value, 1);
    assert.match((await cell("series/host", "table", "runs")).html, /no: no request succeeded/);
    const counts =
      "1 run with 3 requests, none of which failed. 1 run, in which no request succeeded, is left out.";
    assert.ok((await lines("series/host")).includes(counts));
    assert.match(await html("series/host"), /<data data-fact="result_count\.host\.no_request_succeeded"/);
    assert.equal(facts.get("result_count.host.requests")?.value, 3, "those of the run that counts");
  });

  it("distinguishes the runs of one file by document", async () => {
    data.addSeries("host", "measured");
    const runs = [4, 8].map((max_concurrency) => JSON.stringify(vllmResult({...enough, max_concurrency})));
    data.write("results/host/all.jsonl", runs.join("\n"));
    const {cell} = await site();
    const {html: listed} = await cell("series/host", "table", "runs");
    const files = [...listed.matchAll(/all\.jsonl, document \d/g)].map(([file]) => file);
    assert.deepEqual(files, ["all.jsonl, document 1", "all.jsonl, document 2"]);
  });

  it("lists the runs and warnings of a series without a run that is evidence, and no points", async () => {
    data.addSeries("host", "measured");
    const nothing = {completed: 0, failed: 3, median_ttft_ms: 0, median_tpot_ms: 0};
    data.write("results/host/dead.json", vllmResult(nothing));
    const stopped = (result: Result) => ({...result, run: {...result.run, complete: false}});
    const {facts, lines, html, cell} = await site(stopped);
    assert.deepEqual((await lines("series/host")).slice(2), [
      "No run is evidence. 1 run, in which no request succeeded, is left out.",
      "Warnings",
      "What this report notes about its runs.",
      "Runs",
      "What all runs have in common.",
      "Every result file of this series.",
      "Card",
      "What the card states of this deployment, and what it leaves open and the result files record."
    ]);
    assert.match(
      await html("series/host"),
      /<h2>Warnings<\/h2>\n<figure class="table"[\s\S]*<h2>Runs<\/h2>\n<figure class="table"/
    );
    const table = async (name: string) => (await cell("series/host", "table", name)).html;
    assert.match(await table("runs"), /no: no request succeeded[\s\S]*dead\.json/);
    assert.match(await table("warnings"), /3 of 3 requests failed/);
    assert.match(await table("card"), />client<.*>vllm bench serve<.*>from the result files</);
    assert.equal(facts.has("setting_number.host.num_prompts"), false, "how many it was to have is not known");
  });

  it("shows how long requests waited in the client, if some did", async () => {
    const waits = (median_client_queue_time_ms: number) => ({
      request_rate: 4,
      median_client_queue_time_ms,
      median_e2el_including_client_queue_ms: 900 + median_client_queue_time_ms
    });
    data.addSeries("busy", "measured");
    data.write("results/busy/a.json", vllmResult(waits(21)));
    data.addSeries("idle", "measured");
    data.write("results/idle/a.json", vllmResult(waits(0)));
    const {cell} = await site();
    const points = async (id: string) => (await cell(`series/${id}`, "table", "as-reported")).html;
    assert.match(
      await points("busy"),
      />Median client queue time<.*>21\.0&nbsp;ms<.*\n.*>Median E2EL including client queue<.*>921\.0&nbsp;ms</
    );
    assert.doesNotMatch(await points("idle"), /client queue/);
  });

  it("reads the detailed arrays of vLLM into distributions", async () => {
    data.addSeries("host", "measured");
    data.write("results/host/a.json", vllmResult({...detailed}));
    const facts = await factsOf(data);
    assert.equal(facts.get("result_quantile.host.ttft.c4.p50")?.value, 200);
    assert.equal(facts.get("result_count.host.runs")?.value, 1);
  });

  it("treats impossible token counts as unknown", async () => {
    data.addSeries("host", "measured");
    data.write("results/host/a.json", vllmResult({...detailed}));
    const {evidence, results} = await readData(data.path);
    const [{run} = assert.fail()] = results;
    const counts = [-3e9, 2 ** 31, 7];
    const requests = run.requests?.map((r, i) => ({...r, completion_tokens: counts[i] ?? null})) ?? null;
    const changed = results.map((result) => ({...result, run: {...run, requests}}));
    const {warehouse} = await compute(evidence, changed);
    const stored = await warehouse.connection.runAndReadAll("SELECT output_tokens FROM request");
    warehouse.close();
    assert.deepEqual(stored.getRowsJS(), [[null], [null], [7]]);
  });

  it("shows what latencies without TTFTs reveal: when requests ended and which failed, but no first chunk", async () => {
    data.addSeries("host", "measured");
    const {ttfts: _, itls: __, output_lens: ___, generated_texts: ____, ...arrays} = detailed;
    const times = {latencies: [0.2, 0.4, 0], errors: ["", "", "gone"], completed: 2, failed: 1};
    data.write("results/host/a.json", vllmResult({...arrays, ...times, backend: "openai-embeddings"}));
    const {facts, warehouse, lines, cell} = await site();
    const stored = await warehouse.connection.runAndReadAll(
      "SELECT first_chunk_ms, end_ms, failure FROM request ORDER BY request"
    );
    assert.deepEqual(stored.getRowsJS(), [
      [null, 200, null],
      [null, 900, null],
      [null, null, "unknown"]
    ]);
    assert.equal(facts.get("result_count.host.failed")?.value, 1);
    assert.deepEqual(
      [...facts.keys()].filter((id) => id.startsWith("result_quantile.host")),
      []
    );
    assert.match((await cell("series/host", "figure", "timeline")).html, /^<svg/);
    const headings = (await lines("series/host")).filter((line) => /^(Timeline|Dist|Token)/.test(line));
    assert.deepEqual(headings, ["Timeline of one run"]);
  });

  it("compares two measured series by Welch's t, and a measured one with a printed one", async () => {
    for (const [id, tpots] of [
      ["host-a", [20, 20.2, 19.8]],
      ["host-b", [25, 25.2, 24.8]]
    ] as const) {
      data.addSeries(id, "measured");
      tpots.forEach((median_tpot_ms, i) => {
        data.write(
          `results/${id}/${i}.json`,
          vllmResult({...enough, date: `20260203-20300${i}`, median_tpot_ms})
        );
      });
    }
    const {facts, html, cell} = await site();
    const leads = async (pair: string) => (await cell(`compare/${pair}`, "table", "lead")).html;
    assert.match(await leads("host-a-vs-host-b"), />significant</);
    assert.match(await leads("awq-vs-host-a"), />beyond repeats and rounding; scatter of one side unknown</);
    assert.match(await leads("awq-vs-nvfp4"), />beyond rounding; scatter unknown</);
    assert.match(await html("compare/host-a-vs-host-b"), /Welch’s t at 95 %/);
    assert.match(await html("series/host-a"), /Student’s t over the repeats, at 95 %/);
    const lead = facts.get("series_lead.host-a.host-b.c4");
    assert.ok(
      lead && lead.low > 0 && Math.abs(lead.value - 0.25) < 0.001 && lead.high < 0.3,
      JSON.stringify(lead)
    );
    assert.equal(lead.interval, "t");
    // By hand: rel. variances of the means 0.01/20²/3 and 0.01/25²/3·…, df ≈ 3.8, t(3) = 3.182
    const factor = Math.exp(3.182 * Math.sqrt(0.04 / 400 / 3 + 0.04 / 625 / 3));
    assert.ok(Math.abs((1 + lead.high) / (1 + lead.value) - factor) < 2e-4);
    assert.equal(facts.get("series_lead.awq.host-a.c4")?.interval, "t");
    assert.equal(facts.get("series_lead.awq.nvfp4.c4")?.interval, "rounding");
  });
});

describe("latency at equal loads", () => {
  const measure = (
    id: string,
    request_rate: number | "inf",
    max_concurrency: number | null,
    ttfts: number[]
  ) =>
    ttfts.forEach((median_ttft_ms, i) => {
      const date = `20260203-2030${10 + i}`;
      const name = `results/${id}/${request_rate}-${max_concurrency}-${i}.json`;
      data.write(name, vllmResult({...enough, date, request_rate, max_concurrency, median_ttft_ms}));
    });

  it("is compared if both series were measured at a request rate, even if the pair shares nothing else", async () => {
    for (const [id, ttfts] of [
      ["host-a", [100, 101, 99]],
      ["host-b", [80, 80.8, 79.2]]
    ] as const) {
      data.addSeries(id, "measured");
      measure(id, 4, null, [...ttfts]);
    }
    measure("host-a", 8, null, [300]);
    const {facts, lines, cell} = await site();
    const ttft = facts.get("series_latency.host-a.host-b.median_ttft_ms.r4");
    assert.ok(Math.abs((ttft?.value ?? 0) - 0.25) < 1e-9);
    assert.equal(ttft?.interval, "t");
    // Both scatter by 1 %: df = 4, t = 2.776.
    const factor = Math.exp(2.776 * Math.sqrt((2 * 0.01 ** 2) / 3));
    assert.ok(Math.abs((1 + (ttft?.high ?? 0)) / 1.25 - factor) < 1e-4, String(ttft?.high));
    assert.equal(facts.get("series_latency.host-a.host-b.median_tpot_ms.r4")?.value, 0);
    assert.equal(facts.has("series_latency.host-a.host-b.median_ttft_ms.r8"), false);
    const page = await lines("compare/host-a-vs-host-b");
    const [heading, caption = ""] = page.slice(2);
    assert.equal(heading, "Latency", "and before it neither a lead nor a break-even");
    assert.match(caption, /^At an equal request rate .* Definitions: as-reported\./);
    const {html: table} = await cell("compare/host-a-vs-host-b", "table", "latency");
    assert.match(table, /Request rate \(req\/s\)/);
    assert.match(table, />TTFT<.*\+25\.0.%.*>significant<.*>100\.0<.*>80\.0</);
    assert.match(table, />TPOT<.*>not significant<.*>20\.00<.*>20\.00</);
  });

  it("is compared at every shared load, each by itself", async () => {
    for (const [id, by] of [
      ["host-a", 1],
      ["host-b", 2]
    ] as const) {
      data.addSeries(id, "measured");
      measure(id, "inf", 8, [100 * by]);
      measure(id, 4, 8, [140 * by ** 2]);
    }
    const facts = await factsOf(data);
    const found = [...facts.keys()].filter((fact) => /^series_latency\.host-a.*ttft/.test(fact));
    assert.deepEqual(found, [
      "series_latency.host-a.host-b.median_ttft_ms.c8",
      "series_latency.host-a.host-b.median_ttft_ms.c8-r4"
    ]);
    assert.deepEqual(
      found.map((id) => facts.get(id)?.value),
      [-0.5, -0.75]
    );
    assert.equal(facts.get(found[0] ?? "")?.interval, "none");
    assert.equal(facts.has("series_lead.host-a.host-b.c8"), true);
  });

  it("has no interval against a printed one if the repeats allow any latency", async () => {
    data.addSeries("host", "measured");
    measure("host", "inf", 4, [1, 40, 200]);
    const fact = (await factsOf(data)).get("series_latency.awq.host.median_ttft_ms.c4");
    assert.equal(fact?.interval, "none");
  });
});

describe("the break-even of two series", () => {
  const measure = (id: string, max_concurrency: number, tpots: number[]) =>
    tpots.forEach((median_tpot_ms, i) => {
      const date = `20260203-20${id === "host-a" ? 3 : 4}${i}0${max_concurrency}`;
      const name = `results/${id}/c${max_concurrency}-${i}.json`;
      data.write(name, vllmResult({...enough, date, max_concurrency, median_tpot_ms}));
    });
  const breakEven = async () => {
    const {facts, lines} = await site();
    const page = await lines("compare/host-a-vs-host-b");
    const text = page[page.indexOf("Break-even") + 1];
    return {text, fact: facts.get("series_break_even.host-a.host-b.4")};
  };
  beforeEach(() => {
    for (const id of ["host-a", "host-b"]) {
      data.addSeries(id, "measured");
      measure(id, 4, id === "host-a" ? [20, 20.2, 19.8] : [25, 25.2, 24.8]);
    }
  });

  it("cannot be found with one shared concurrency", async () => {
    const {text, fact} = await breakEven();
    assert.equal(text, "One shared concurrency: no break-even can be looked for.");
    assert.equal(fact, undefined);
  });

  it("is a fact with both ends if the lead has a clear sign at both neighbours", async () => {
    measure("host-a", 8, [30, 30.2, 29.8]);
    measure("host-b", 8, [25, 25.2, 24.8]);
    const {text, fact} = await breakEven();
    assert.match(
      text ?? "",
      /^The lead changes its sign at a concurrency of 6\.\d, interpolated with the interval \[[\d., ]+\]\.$/
    );
    assert.ok(
      fact && 4 < fact.low && fact.low < fact.value && fact.value < fact.high && fact.high < 8,
      JSON.stringify(fact)
    );
  });

  it("is not a fact if the interval of a neighbouring lead includes zero", async () => {
    measure("host-a", 8, [26, 20, 32]);
    measure("host-b", 8, [25, 25.2, 24.8]);
    const {text, fact} = await breakEven();
    assert.match(
      text ?? "",
      /^Between concurrency 4 and 8 the lead changes its sign, but its interval includes zero at 8 \(\[−[\d.]+, \+[\d.]+\]\): the sign is not settled there, and the break-even is not bounded by the two\.$/
    );
    assert.equal(fact, undefined);
  });

  it("is not a fact if a neighbouring lead has no interval because of too few runs", async () => {
    measure("host-a", 8, [30]);
    measure("host-b", 8, [25, 25.2, 24.8]);
    const {text, fact} = await breakEven();
    assert.equal(
      text,
      "Between concurrency 4 and 8 the lead changes its sign, but there are too few runs for an interval at 8: the sign is not settled there, and the break-even is not bounded by the two."
    );
    assert.equal(fact, undefined);
  });
});

describe("what a card leaves open", () => {
  const pagesOf = async (change: (result: Result) => Partial<Run["settings"]> = () => ({})) => {
    const made = await site((result) => {
      const {run} = result;
      return {...result, run: {...run, settings: {...run.settings, ...change(result)}}};
    });
    const table = async (path: string, name: string) =>
      (await made.cell(path, "table", name)).html.replaceAll("<wbr>", "");
    return {...made, table};
  };
  const random = {
    name: "random",
    path: null,
    input_len: 512,
    output_len: 256,
    range_ratio: null,
    prefix_len: null,
    suffix_len: null,
    num_prefixes: null
  };

  it("is taken from the result files if they all agree, and is compared", async () => {
    for (const [id, num_prompts] of [
      ["host-a", 16],
      ["host-b", 32]
    ] as const) {
      data.addSeries(id, "measured");
      for (const max_concurrency of [4, 8]) {
        const result = {
          num_prompts,
          completed: num_prompts,
          max_concurrency,
          date: `20260203-2030${num_prompts}`
        };
        data.write(`results/${id}/c${max_concurrency}.json`, vllmResult(result));
      }
    }
    const {facts, table, html} = await pagesOf(() => ({
      dataset: random,
      seed: 3,
      num_warmups: 0,
      ignore_eos: true,
      extra_body: {temperature: 0.7}
    }));
    assert.equal(facts.get("setting_number.host-a.num_prompts")?.value, 16);
    assert.deepEqual(facts.get("setting_number.host-a.input_len")?.sources, [
      {source: "report", place: "from the result files"}
    ]);
    const own = await table("series/host-a", "card");
    assert.match(own, />client<.*>vllm bench serve<.*>from the result files</);
    assert.match(own, />dataset<.*>random<.*>from the result files</);
    assert.match(own, />input_len<.*>512<.*>from the result files</);
    assert.match(own, />num_warmups<.*>0<.*>from the result files</);
    assert.match(own, />ignore_eos<.*>true<.*>from the result files</);
    assert.match(own, />temperature<[^\n]*>0\.7<[^\n]*>from the result files</);
    assert.match(own, />seed<[^\n]*>3<[^\n]*>from the result files</);
    assert.match(own, />engine<.*>vLLM<.*>on the card</);
    const both = await table("compare/host-a-vs-host-b", "difference");
    assert.match(both, />num_prompts<.*>16<.*>32<.*>differs</);
    assert.doesNotMatch(both, />client<|>dataset<|>input_len</);
    assert.match(await html("compare/host-a-vs-host-b"), /taken from the result files/);
    assert.doesNotMatch(await table("series/awq", "card"), /result files|on the card/);
  });

  it("stays open if the result files contradict each other, and the pages say so", async () => {
    data.addSeries("host", "measured");
    for (const max_concurrency of [4, 8])
      data.write(`results/host/c${max_concurrency}.json`, vllmResult({...enough, max_concurrency}));
    const {facts, lines, table} = await pagesOf(({run}) =>
      run.settings.max_concurrency === 4
        ? {num_prompts: 4, seed: 0, dataset: random}
        : {num_prompts: 8, seed: 1, endpoint: "/v1/completions"}
    );
    const card = await table("series/host", "card");
    assert.match(card, />seed<.*>differs from run to run<.*>from the result files</);
    assert.equal(facts.has("setting_number.host.num_prompts"), false);
    assert.match(card, />num_prompts<.*>differs from run to run<.*>from the result files</);
    assert.match(card, />dataset<.*>not stated</, "one of them does not say");
    const both = await table("compare/awq-vs-host", "difference");
    assert.match(both, />num_prompts<.*>32<.*>differs from run to run<.*>differs from run to run</);
    const fact = "series_difference.awq.host.differs_from_run_to_run";
    assert.equal(facts.get(fact)?.value, 2, "the number of prompts and the seed");
    assert.match(
      (await lines("compare/awq-vs-host")).find((line) => line.startsWith("Of the two")) ?? "",
      /^Of the two cards, (\d+ fields? differs?; )?2 (fields )?differ from run to run;/
    );
  });

  it("is counted in fields if no field differs", async () => {
    for (const [day, id] of ["host-a", "host-b"].entries()) {
      data.addSeries(id, "measured");
      data.write(`results/${id}/a.json`, vllmResult({...enough, date: `2026020${day + 1}-203000`}));
    }
    const {facts, lines} = await pagesOf();
    assert.equal(facts.get("series_difference.host-a.host-b.differs")?.value, 0);
    const either = facts.get("series_difference.host-a.host-b.not_stated_for_either")?.value;
    assert.ok(
      (await lines("compare/host-a-vs-host-b")).includes(
        `Of the two cards, ${either} fields are stated for neither.`
      )
    );
  });
});

describe("warnings", () => {
  const some = (failed: number) => ({num_prompts: 300, completed: 300 - failed, failed});

  it("are listed by load, each message of the repeats once, on the pages of series and of pairs", async () => {
    data.addSeries("host-a", "measured");
    [0, 1, 1].forEach((failed, i) => {
      const result = {...some(failed), date: `20260203-20300${i}`};
      data.write(`results/host-a/c4-${i}.json`, vllmResult(result));
    });
    const other = {...some(7), date: "20260203-203005", max_concurrency: 8};
    data.write("results/host-a/c8.json", vllmResult(other));
    data.addSeries("host-b", "measured");
    data.write("results/host-b/c4.json", vllmResult({...some(3), date: "20260203-203006"}));
    const {lines, cell} = await site();
    const {html: own} = await cell("series/host-a", "table", "warnings");
    assert.deepEqual(
      [...own.matchAll(/(\d) of 300 requests failed/g)].map(([, failed]) => failed),
      ["1", "7"]
    );
    assert.match(own, /C<span[\s\S]*>4<.*>1 of 300[\s\S]*>8<.*>7 of 300/);
    const {html: both} = await cell("compare/host-a-vs-host-b", "table", "warnings");
    assert.match(both, />Own host-a<.*>1 of 300[\s\S]*>Own host-b<.*>3 of 300/);
    assert.doesNotMatch(both, /7 of 300/, "that of a load which the other does not have");
    const hosts = await lines("compare/host-a-vs-host-b");
    assert.ok(hosts.includes("Own host-b: 1 run with 300 requests, 3 of which failed."));
    const printed = "AWQ: printed; the source does not say whether requests failed.";
    assert.ok((await lines("compare/awq-vs-host-a")).includes(printed));
    assert.ok(!(await lines("compare/awq-vs-nvfp4")).includes("Runs"));
  });
});

describe("where results are from", () => {
  it("is their folder, and whether they were measured or simulated", async () => {
    data.addSeries("host", "measured");
    data.write("results/host/a.json", vllmResult());
    data.addSeries("sim", "simulated");
    data.write("results/sim/a.json", vllmResult({date: "20260203-203001"}));
    const {evidence} = await readData(data.path);
    const {facts, warehouse, lines} = await site();
    const {sources} = await makeCatalogue(evidence, [], facts, warehouse.connection);
    assert.deepEqual((await lines("series/host")).slice(1, 2), [
      "Result files under data/results/host, measured on 3 February 2026, 20:28 local time."
    ]);
    assert.deepEqual((await lines("series/sim")).slice(1, 3), [
      "Simulated. A simulator gave these numbers, not a GPU; no finding uses them.",
      "Result files under data/results/sim, simulated on 3 February 2026, 20:30 local time."
    ]);
    const titleOf = (id: string) => sources[facts.get(id)?.sources[0]?.source ?? ""]?.title;
    assert.equal(titleOf("result_repeats.host.as-reported.median_ttft_ms.c4"), "Measured for this report");
    assert.equal(titleOf("result_repeats.sim.as-reported.median_ttft_ms.c4"), "Simulated, not measured");
  });
});

describe("the timeline", () => {
  it("says which requests failed, in caption, alternative text, drawing and table", async () => {
    data.addSeries("host", "measured");
    const gone = {
      ...detailed,
      ttfts: [0.1, 0.2, 0],
      output_lens: [3, 3, 0],
      errors: ["", "", "gone"],
      completed: 2,
      failed: 1
    };
    data.write("results/host/a.json", vllmResult({...gone, latencies: [0.2, 0.4, 0.5]}));
    data.addSeries("unknown", "measured");
    data.write("results/unknown/a.json", vllmResult({...gone, date: "20260203-203002"}));
    data.addSeries("fine", "measured");
    data.write("results/fine/a.json", vllmResult({...detailed, date: "20260203-203001"}));
    const {cell} = await site();
    const drawn = (id: string) => cell(`series/${id}`, "figure", "timeline");
    const crosses = ({html: svg}: {html: string}) => svg.match(/<path d="M-[\d.]+,-[\d.]+L/g)?.length ?? 0;
    const host = await drawn("host");
    assert.match(host.caption ?? "", /A cross ends a request that failed\.$/);
    assert.match(host.html, /1 of them failed; a cross ends each of these\./);
    assert.equal(crosses(host), 2, "one in the wide drawing, one in the narrow");
    assert.match(host.twin ?? "", />End<[\s\S]*>2<[\s\S]*>1\.000<[\s\S]*>—<[\s\S]*>1\.500<[\s\S]*>failed</);
    assert.match(host.twin ?? "", />Outcome<[\s\S]*>succeeded<[\s\S]*>succeeded<[\s\S]*>failed</);
    const unknown = await drawn("unknown");
    assert.match(
      unknown.caption ?? "",
      /full until the last\. Not drawn: 1 that failed, of which the result file does not tell when it ended\.$/
    );
    assert.equal(crosses(unknown), 0);
    assert.match(unknown.twin ?? "", />Last chunk<[\s\S]*>not recorded<[\s\S]*>failed</);
    const fine = await drawn("fine");
    assert.doesNotMatch(fine.caption ?? "", /cross|Not drawn/);
    assert.equal(crosses(fine), 0);
    assert.doesNotMatch(fine.html, /failed/);
  });
});

describe("the page of a live series", () => {
  it("says whether it was measured for this page, how old its cache is, and whether its flags still fit", async () => {
    data.addSeries("host", "measured", {live: {preset: "published"}});
    data.write("results/host/live/a.json", vllmResult({date: "20261120-100000"}));
    const {evidence} = await readData(data.path);
    const live = evidence.series.find(({id}) => id === "host") ?? assert.fail();
    const call = callFingerprint(liveOptions(live, "http://localhost", "."));
    const underTheseFlags = (result: Result): Result => ({
      ...result,
      run: {...result.run, sweep: {id: "", plan: "", point: 0, points: 1, call, subject: null}}
    });
    const origin = async (made: MadePages) => (await made.lines("series/host"))[1];
    const again = "npm run refresh -- --series host measures it again.";
    const cached =
      "Measured live by this report’s own loader, and read from its cache, which was 4 days old when this page was built on 24 November 2026: measured on 20 November 2026, 10:00 local time.";
    assert.equal(await origin(await site(underTheseFlags)), `${cached} ${again}`);
    assert.equal(
      await origin(await site(underTheseFlags, ["host"])),
      `Measured live by the build that made this page, on 20 November 2026, 10:00 local time. ${again}`
    );
    assert.equal(
      await origin(await site()),
      `${cached} The card has been changed since: these runs were measured under other flags than it names now. ${again}`
    );
  });

  it("names the runs beside its sweep", async () => {
    data.addSeries("host", "measured", {live: {preset: "published"}});
    data.write("results/host/live/a.json", vllmResult({date: "20261120-100000"}));
    for (const day of [3, 4])
      data.write(`results/host/${day}.json`, vllmResult({date: `2026020${day}-100000`}));
    const {lines} = await site();
    const [, origin = ""] = await lines("series/host");
    assert.match(
      origin,
      /20 November 2026, 10:00[^.]*\..* Beside that sweep there are 2 other runs, measured from 3 February 2026, 10:00 local time to 4 February 2026, 10:00 local time\. npm run refresh/
    );
  });
});

describe("faults of results", () => {
  it("are all listed, each with its file and a remedy", async () => {
    data.write("results/nobody/a.json", vllmResult());
    data.write("results/awq/a.json", vllmResult({date: "20260203-203001"}));
    data.addSeries("host", "measured");
    data.write("results/host/broken.json", '{"a":');
    data.write("results/host/a.json", vllmResult({date: "20260203-203002"}));
    data.write("results/host/copy.json", vllmResult({date: "20260203-203002"}));
    data.write("results/host/other.json", vllmResult({date: "20260203-203003", num_prompts: 5}));
    const faults = await faultsOf(data);
    for (const expected of [
      /^results\/nobody\/a\.json: unknown series “nobody”.*Add data\/series/,
      /^results\/awq\/a\.json: the series “awq” is published/,
      /^results\/host\/broken\.json: not JSON.*Restore/,
      /^results\/host\/copy\.json: the same run is already in results\/host\/a\.json/,
      /^results\/host\/other\.json: it is not a repeat of results\/host\/a\.json\. What differs: num_prompts \(5, there 3\)/
    ]) {
      assert.ok(
        faults.some((fault) => expected.test(fault)),
        `${expected} in\n${faults.join("\n")}`
      );
    }
    assert.equal(faults.length, 5);
  });

  it("name the differences between a card and its result files", async () => {
    data.addSeries("host", "measured");
    const card = {...JSON.parse(readFileSync(join(data.path, "series/host.json"), "utf8"))};
    data.write("series/host.json", {...card, settings: {...card.settings, num_prompts: 32, client: "other"}});
    data.write("results/host/a.json", vllmResult());
    assert.deepEqual(await faultsOf(data), [
      'results/host/a.json: its client is "vllm bench serve" and the card says "other". Set settings.client of data/series/host.json to that, or to null.',
      "results/host/a.json: its num_prompts is 3 and the card says 32. Set settings.num_prompts of data/series/host.json to that, or to null."
    ]);
  });

  it("name two files whose runs would have one name", async () => {
    data.addSeries("host", "measured");
    data.write("results/host/x.json", vllmResult({date: "20260203-203000"}));
    data.write("results/host/x.jsonl", vllmResult({date: "20260203-203001"}));
    assert.deepEqual(await faultsOf(data), [
      "results/host/x.jsonl: without its extension it has the same name as results/host/x.json. Rename one of them."
    ]);
  });

  it("do not mistake a sweep over server settings for repeats of one point", async () => {
    data.addSeries("host", "measured");
    [4, 8].forEach((tp, i) => {
      data.write(`results/host/SERVE--tp=${tp}/run=0.json`, vllmResult({date: `20260203-20300${i}`, tp}));
    });
    const longer = {date: "20260203-203005", total_input_tokens: 3000};
    data.write("results/host/long.json", vllmResult(longer));
    const faults = await faultsOf(data);
    assert.match(
      faults.join("\n"),
      /SERVE--tp=8\/run=0\.json: it is not a repeat of .*What differs: tp \(8, there 4\)\. Give each/
    );
    assert.match(
      faults.join("\n"),
      /long\.json: it is not a repeat .*input tokens a request \(1000, there 10\)/
    );
  });

  it("skip what vllm bench writes next to its results, and count a summary only without its runs", async () => {
    data.addSeries("host", "measured");
    data.write("results/host/SLA--p99.json", {iterations: 3});
    data.write("results/host/a.pytorch.json", [{metric: 1}]);
    data.write("results/host/plain.json", vllmResult());
    const summary = [0, 1].map((i) => vllmResult({date: `20260203-20301${i}`, max_concurrency: 8}));
    data.write("results/host/summary.json", summary);
    const facts = await factsOf(data);
    assert.equal(facts.get("result_count.host.runs")?.value, 3);
  });

  it("read only the runs of a summary that no file next to it holds", async () => {
    data.addSeries("host", "measured");
    const runs = [0, 1, 2].map((i) => vllmResult({date: `20260203-20300${i}`, run_number: i}));
    data.write("results/host/sweep/A/summary.json", runs);
    data.write("results/host/sweep/A/run=0.json", runs[0]);
    data.write("results/host/sweep/A/run=2.json", runs[2]);
    const {results} = await readData(data.path);
    assert.deepEqual(
      results.map(({id, run}) => [id, run.repeat]),
      [
        ["host/sweep/A/run=0", 0],
        ["host/sweep/A/run=2", 2],
        ["host/sweep/A/summary#1", 1]
      ]
    );
    data.write("results/host/sweep/B/run=0.json", runs[1]);
    assert.deepEqual(await faultsOf(data), [
      "results/host/sweep/B/run=0.json: the same run is already in results/host/sweep/A/summary.json, document 2. Keep one of them."
    ]);
  });

  it("warn of failures and of percentiles over too few requests, where vLLM does not", async () => {
    data.addSeries("host", "measured");
    data.write("results/host/a.json", vllmResult({num_prompts: 4, failed: 1}));
    const {results} = await readData(data.path);
    assert.deepEqual(
      results.flatMap(({run}) => run.warnings.map(({code, message}) => `${code}: ${message}`)),
      [
        "failures: 1 of 4 requests failed",
        "too-few-samples: no more than the extreme value repeated: p99 ttft, p99 tpot of 3 values each"
      ]
    );
  });

  it("name the flag of a live card that bench would refuse", async () => {
    data.addSeries("host", "measured", {live: {preset: "published", "num-prompts": 3}});
    data.addSeries("other", "measured", {live: {header: "Authorization=x"}});
    data.addSeries("fine", "measured", {live: {preset: "published", repeats: 2}});
    const faults = await faultsOf(data);
    assert.equal(faults.length, 2, faults.join("\n"));
    assert.match(faults[0] ?? "", /host\.json: --num-prompts contradicts --preset published/);
    assert.match(faults[1] ?? "", /other\.json: “header” does not belong on a card/);
  });
});

describe("pages that come with the evidence", () => {
  it("exist for every series with points and every comparable pair, and escape labels", async () => {
    const label = "<img src=x onerror=alert(1)>";
    data.addSeries("host", "measured", {label});
    data.write("results/host/a.json", vllmResult({...detailed}));
    const {paths, html} = await site();
    for (const path of ["series/host", "series/awq", "compare/awq-vs-nvfp4"]) assert.ok(paths.includes(path));
    assert.ok(paths.includes("compare/awq-vs-host"), "a measured series is compared with a printed one");
    for (const path of paths) {
      const {document} = parseHTML(`<html><body>${await html(path)}</body></html>`);
      assert.equal(document.querySelector("img"), null, path);
    }
    assert.match(await html("series/awq"), /What is missing/);
  });
});
