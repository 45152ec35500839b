import assert from "node:assert/strict";
import {type ChildProcess, spawn} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, describe, it} from "node:test";
import MarkdownIt from "markdown-it";
import {PRESETS} from "../../loaders/bench/options.js";
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
 * The whole published sweep takes five minutes; so many times as fast, in two halves side by side, it takes
 * half a one, and the throughput that the client measures is divided again. Large waves are played nearly as
 * they are: faster, they no longer arrive within one prefill. What the machine adds is not divided, so the
 * time to first token comes from a sweep of its own at the true speed, with answers of two tokens.
 */
const HALVES = [
  {speed: 10, concurrencies: [1, 2, 4]},
  {speed: 1.5, concurrencies: [8, 16]}
];

function speedAt(concurrency: number): number {
  return HALVES.find(({concurrencies}) => concurrencies.includes(concurrency))?.speed ?? assert.fail();
}

/**
 * Beyond half a unit of the last printed digit: what the machine adds, by the lateness that the run itself
 * recorded (mean of the client's event-loop delay). A stream ends late by it, and its steps are longer
 * while stragglers join a wave. A first token is late by it in the simulator and in the client, by
 * transport, and by the sending of its wave, a quarter of a millisecond a request.
 */
function slack({late, tokensPerS, concurrency}: {late: number; tokensPerS: number; concurrency: number}) {
  const streamMs = (255 * 1000 * concurrency) / tokensPerS / speedAt(concurrency);
  return {throughput: tokensPerS * (BUSY / 10 + late / streamMs), ttftMs: 3 + 2 * late + concurrency / 4};
}

/** A machine that does other things as well is late without knowing it: a share of the printed TTFT. */
const BUSY = 0.3;

const SERIES: PresetName[] = ["awq", "awq-mtp1"];

const data = new DataFolder();

/** A simulator in a process of its own, so that it does not share a thread with the client. */
function simulator(preset: PresetName, speed: number): Promise<{url: string; child: ChildProcess}> {
  const flags = ["--preset", preset, "--port", "0", "--speed", String(speed)];
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

/** Runs into the folder of a series; by concurrency, how late the client's event loop was on average. */
async function measure(
  {preset, speed, series}: {preset: PresetName; speed: number; series: string},
  flags: string[]
): Promise<Map<number, number>> {
  const {url, child} = await simulator(preset, speed);
  try {
    const folder = join(data.path, "results", series);
    const {runs} = await runBench(url, folder, [...flags, "--repeats", "1", "--series", series]);
    return new Map(
      runs.map(({settings, health}) => [settings.max_concurrency ?? 0, health?.event_loop_delay_ms.mean ?? 0])
    );
  } finally {
    child.kill();
  }
}

/** The published preset with other values for some of its flags. */
function published(changes: Record<string, string>): string[] {
  return Object.entries({...PRESETS.published, ...changes}).flatMap(([flag, value]) => [`--${flag}`, value]);
}

/** Values by fact as a page prints them. */
function factsOnPage({pages, figures, tables}: SeriesPages, facts: Computed["facts"], path: string) {
  const report: Report = {
    facts: Object.fromEntries(facts),
    texts: Object.fromEntries(
      SERIES.flatMap((id) => [`label.sim-${id}`, `label.sim-${id}-ttft`].map((name) => [name, id]))
    ),
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
  const lateness: Record<"ttft" | "throughput", Map<number, number>>[] = [];
  let computed: Computed;
  let site: SeriesPages;
  let bare: Map<string, Fact>;

  before(async () => {
    bare = await compute((await readData(data.path)).evidence).then(({facts, warehouse}) => {
      warehouse.close();
      return facts;
    });
    // One after the other: nothing else may keep a first token waiting.
    for (const preset of SERIES) {
      const ttft = await measure(
        {preset, speed: 1, series: `sim-${preset}-ttft`},
        published({"random-output-len": "2"})
      );
      lateness.push({ttft, throughput: new Map()});
    }
    await Promise.all(
      SERIES.flatMap((preset, i) =>
        HALVES.map(async ({speed, concurrencies}) => {
          const flags = published({"max-concurrency": concurrencies.join(",")});
          const late = await measure({preset, speed, series: `sim-${preset}`}, flags);
          for (const entry of late) lateness[i]?.throughput.set(...entry);
        })
      )
    );
    for (const id of SERIES) {
      data.addSeries(`sim-${id}`, "simulated", {}, id);
      data.addSeries(`sim-${id}-ttft`, "simulated", {}, id);
    }
    const {evidence, results} = await readData(data.path);
    computed = await compute(evidence, results);
    site = await makeSeriesPages(evidence, computed.facts, computed.warehouse.connection);
    computed.warehouse.close();
  });
  after(() => data.remove());

  SERIES.forEach((id, i) => {
    const misses = (measured: "ttft" | "throughput", series: string, metric: string) => {
      const page = factsOnPage(site, computed.facts, `series/${series}`);
      return presets[id].rows.flatMap(({concurrency, systemTokensPerS: tokensPerS, ttftMs}) => {
        const late = lateness[i]?.[measured].get(concurrency) ?? assert.fail();
        const allowed = slack({late, tokensPerS, concurrency});
        const value = page.get(`result_point.${series}.vllm-0.15.1.${metric}.c${concurrency}`) ?? Number.NaN;
        const speed = measured === "ttft" ? 1 : speedAt(concurrency);
        const [printed, tolerance] =
          measured === "ttft"
            ? [ttftMs ?? 0, allowed.ttftMs + BUSY * (ttftMs ?? 0)]
            : [tokensPerS, allowed.throughput];
        const agrees = Math.abs(value / speed - printed) <= 0.5 + tolerance;
        return agrees ? [] : [`C=${concurrency}: ${value / speed}, printed ${printed}, ${late} ms late`];
      });
    };

    it(`gives the printed system throughput of ${id} on the page of its series`, () => {
      assert.deepEqual(misses("throughput", `sim-${id}`, "system_throughput"), []);
    });

    it(`gives the printed median TTFT of ${id} on the page of its series`, () => {
      assert.deepEqual(misses("ttft", `sim-${id}-ttft`, "median_ttft_ms"), []);
    });
  });

  it("gives the published break-even of MTP between the same two concurrencies", () => {
    const page = factsOnPage(site, computed.facts, "compare/sim-awq-vs-sim-awq-mtp1");
    const at = page.get("series_break_even.sim-awq.sim-awq-mtp1.4") ?? assert.fail("no break-even from 4 on");
    assert.ok(at > 4 && at < 8, `${at}`);
  });

  it("marks both series as simulated on every page that names them", () => {
    for (const [path, source] of site.pages) {
      if (path.includes("sim-")) assert.match(source, /<strong>Simulated\.<\/strong>/, path);
    }
    assert.match(site.tables["series-index"] ?? "", /Own sim-awq \(simulated\)/);
  });

  it("lets no simulated series into a comparison with a real one", () => {
    const mixed = [...site.pages.keys()].filter(
      (path) => /^compare\/.*sim-/.test(path) && !/^compare\/sim-.*-vs-sim-/.test(path)
    );
    assert.deepEqual(mixed, []);
    assert.ok(site.pages.has("compare/sim-awq-vs-sim-awq-mtp1"));
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
