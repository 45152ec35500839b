import assert from "node:assert/strict";
import {type ChildProcess, spawn} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, describe, it} from "node:test";
import MarkdownIt from "markdown-it";
import type {Fact} from "../../loaders/facts/read.js";
import {readResult} from "../../loaders/formats/read.js";
import {reportSyntax} from "../../loaders/pages/markdown.js";
import type {Report} from "../../loaders/pages/report.js";
import {makeSeriesPages, type SeriesPages} from "../../loaders/pages/series/make.js";
import {paths} from "../../loaders/paths.js";
import {type Computed, compute} from "../../loaders/report.js";
import {readData} from "../../loaders/results/data.js";
import {type PresetName, presets} from "../../loaders/simulate/presets.js";
import {runBench} from "../bench/server.js";
import {DataFolder} from "./fixture.js";

/**
 * The whole published sweep takes five minutes; six times as fast it takes one, and what the client
 * measures is divided by six again. Faster than that a wave of sixteen no longer arrives within one prefill.
 */
const SPEED = 6;

/**
 * Beyond half a unit of the last printed digit: what the machine adds and no speed divides, by the lateness
 * that the run itself recorded (mean of the client's event-loop delay). A first token is late by it in the
 * simulator, in the client, and by a millisecond of transport; a stream ends late by it, and its steps are longer while stragglers join a wave.
 */
function slack({late, tokensPerS, concurrency}: {late: number; tokensPerS: number; concurrency: number}) {
  const streamMs = (255 * 1000 * concurrency) / tokensPerS / SPEED;
  return {throughput: tokensPerS * (0.01 + late / streamMs), ttftMs: SPEED * (1 + 2 * late)};
}

const SERIES: PresetName[] = ["awq", "awq-mtp1"];

/** A simulator in a process of its own, so that it does not share a thread with the client. */
function simulator(preset: PresetName): Promise<{url: string; child: ChildProcess}> {
  const flags = ["--preset", preset, "--port", "0", "--speed", String(SPEED)];
  const child = spawn(process.execPath, ["--import", "tsx", "loaders/cli/simulate.ts", ...flags], {
    cwd: paths.root,
    stdio: ["ignore", "pipe", "inherit"]
  });
  return new Promise((resolve, reject) => {
    let text = "";
    child.once("exit", (code) => reject(new Error(`the simulator ended with ${code}`)));
    child.stdout.on("data", (part) => {
      text += String(part);
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
      if (url) resolve({url, child});
    });
  });
}

/** By concurrency, how late the client's event loop ran on average. */
async function measure(preset: PresetName, folder: string): Promise<Map<number, number>> {
  const {url, child} = await simulator(preset);
  try {
    const flags = ["--preset", "published", "--repeats", "1", "--series", `sim-${preset}`];
    const {runs} = await runBench(url, folder, flags);
    return new Map(
      runs.map(({settings, health}) => [settings.max_concurrency ?? 0, health?.event_loop_delay_ms.mean ?? 0])
    );
  } finally {
    child.kill();
  }
}

/** Values by fact as a page prints them. */
function factsOnPage({pages, figures, tables}: SeriesPages, facts: Computed["facts"], path: string) {
  const report: Report = {
    facts: Object.fromEntries(facts),
    texts: Object.fromEntries(SERIES.map((id) => [`label.sim-${id}`, id])),
    links: {},
    claims: {},
    explorables: {},
    figures,
    tables
  };
  const md = new MarkdownIt({html: true});
  reportSyntax(md, () => report);
  const html = md.render(pages.get(path) ?? assert.fail(`no page ${path}`));
  return new Map(
    Array.from(html.matchAll(/<data data-fact="([^"]+)" value="([^"]+)">/g), ([, id = "", value]) => [
      id,
      Number(value)
    ])
  );
}

describe("the published tables through simulator, client, evidence and page", {timeout: 120_000}, () => {
  const data = new DataFolder();
  let lateness: Map<number, number>[];
  let computed: Computed;
  let site: SeriesPages;
  let bare: Map<string, Fact>;

  before(async () => {
    bare = await compute((await readData(data.path)).evidence).then(({facts, warehouse}) => {
      warehouse.close();
      return facts;
    });
    lateness = await Promise.all(SERIES.map((id) => measure(id, join(data.path, "results", `sim-${id}`))));
    for (const id of SERIES) data.addSeries(`sim-${id}`, "simulated", {}, id);
    const {evidence, results} = await readData(data.path);
    computed = await compute(evidence, results);
    site = await makeSeriesPages(evidence, computed.facts, computed.warehouse.connection);
    computed.warehouse.close();
  });
  after(() => data.remove());

  SERIES.forEach((id, i) => {
    it(`gives the printed throughput and TTFT of ${id} on the page of the series`, () => {
      const printed = factsOnPage(site, computed.facts, `series/sim-${id}`);
      const onPage = (metric: string, c: number) =>
        printed.get(`result_point.sim-${id}.vllm-0.15.1.${metric}.c${c}`) ??
        assert.fail(`no ${metric} at ${c}`);
      const misses = presets[id].rows.flatMap(({concurrency, systemTokensPerS: tokensPerS, ttftMs}) => {
        const late = lateness[i]?.get(concurrency) ?? assert.fail();
        const allowed = slack({late, tokensPerS, concurrency});
        const throughput = onPage("system_throughput", concurrency) / SPEED;
        const ttft = onPage("median_ttft_ms", concurrency) * SPEED;
        const where = `C=${concurrency}, event loop ${late} ms late`;
        return [
          Math.abs(throughput - tokensPerS) > 0.5 + allowed.throughput &&
            `${where}: ${throughput} tok/s, printed ${tokensPerS}`,
          Math.abs(ttft - (ttftMs ?? 0)) > 0.5 + allowed.ttftMs &&
            `${where}: TTFT ${ttft} ms, printed ${ttftMs}`
        ].filter((miss) => miss !== false);
      });
      assert.deepEqual(misses, []);
    });
  });

  it("gives the published break-even of MTP between the same two concurrencies", () => {
    const page = factsOnPage(site, computed.facts, "compare/sim-awq-vs-sim-awq-mtp1");
    const at = page.get("series_break_even.sim-awq.sim-awq-mtp1.4") ?? assert.fail("no break-even from 4 on");
    const published = computed.facts.get("break_even")?.value ?? assert.fail();
    assert.ok(Math.abs(at - published) < 1.5, `${at}, published ${published}`);
  });

  it("marks both series as simulated on every page that names them", () => {
    for (const [path, source] of site.pages) {
      if (path.includes("sim-")) assert.match(source, /<strong>Simulated\.<\/strong>/, path);
    }
    assert.match(site.tables["series-index"] ?? "", /Own sim-awq \(simulated\)/);
  });

  it("lets no simulated series into a comparison with a real one", () => {
    const pairs = [...site.pages.keys()].filter(
      (path) => path.startsWith("compare/") && path.includes("sim-")
    );
    assert.deepEqual(pairs, ["compare/sim-awq-vs-sim-awq-mtp1"]);
  });

  it("changes no fact of the findings", () => {
    const own = /^(result_|series_)/;
    for (const [id, {value, low, high, sources}] of bare) {
      if (own.test(id)) continue;
      const fact = computed.facts.get(id);
      assert.deepEqual(
        {value, low, high, sources},
        fact && {value: fact.value, low: fact.low, high: fact.high, sources: fact.sources},
        id
      );
    }
    const added = [...computed.facts.values()].filter(
      ({id, family}) => !bare.has(id) && !own.test(id) && family !== "setting_number"
    );
    assert.deepEqual(
      added.map(({id}) => id),
      [],
      "only the numbers of the cards may be new"
    );
  });

  it("keeps a run that was cut short out of the points and says so", async () => {
    const [file] = [...computed.facts.values()].flatMap(({family, sources}) =>
      family === "result_repeats" ? sources.map(({place}) => place) : []
    );
    assert.ok(file !== undefined);
    const path = join(data.path, file);
    const document = JSON.parse(readFileSync(path, "utf8"));
    document.benchbook.complete = false;
    data.write(file, document);
    const [run] = await readResult(path);
    assert.equal(run?.complete, false);
    const {evidence, results} = await readData(data.path);
    const {facts, warehouse} = await compute(evidence, results);
    warehouse.close();
    const series = file.split("/")[1];
    assert.equal(facts.get(`result_count.${series}.cut_short`)?.value, 1);
    assert.equal(facts.has(`result_repeats.${series}.c${run.settings.max_concurrency}`), false);
  });
});
