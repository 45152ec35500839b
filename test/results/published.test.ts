import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, describe, it} from "node:test";
import type {Fact} from "../../loaders/facts/read.js";
import {readResult} from "../../loaders/formats/read.js";
import {compute} from "../../loaders/report.js";
import {readData} from "../../loaders/results/data.js";
import {type PresetName, presets} from "../../loaders/simulate/presets.js";
import {TRANSPORT} from "../../loaders/simulate/timing.js";
import {quantile} from "../simulate/client.js";
import {DataFolder} from "./fixture.js";
import {
  asPrinted,
  factsOnPage,
  type Measured,
  measure,
  near,
  published,
  type Site,
  siteOf
} from "./simulated.js";

/**
 * The whole published sweep takes ten minutes; so many times as fast, in two halves side by side, it takes
 * half a one, and the times it is made of are multiplied again. Large waves are played nearly as they are:
 * faster, they no longer arrive within one prefill. TTFT has a test of its own.
 */
const HALVES = [
  {speed: 10, concurrencies: [1, 2, 4]},
  {speed: 1.5, concurrencies: [8, 16]}
];

function speedAt(concurrency: number): number {
  return HALVES.find(({concurrencies}) => concurrencies.includes(concurrency))?.speed ?? assert.fail();
}

const SERIES: PresetName[] = ["awq", "awq-mtp1"];

const LABELS = SERIES.map((id) => `sim-${id}`);

const data = new DataFolder();

/** Nothing is measured before each simulator starts: it is the plan that is compared. */
const SAID = {transport: TRANSPORT};

/**
 * No assertion is on how fast this machine is. What a page prints is the client’s measurement, to the last
 * digit; what the simulator had planned for the requests as they came is the printed table. Between the two
 * lies the lateness of the machine. `published-true-speed.test.ts` allows none, and the schedule itself is
 * checked to the last printed digit in `test/simulate/timing.test.ts`.
 */
describe("the published tables through simulator, client, evidence and page", {timeout: 120_000}, () => {
  const measured = new Map<string, Measured[]>();
  let site: Site;
  let bare: Map<string, Fact>;

  before(async () => {
    bare = await compute((await readData(data.path)).evidence).then(({facts, warehouse}) => {
      warehouse.close();
      return facts;
    });
    await Promise.all(
      SERIES.flatMap((preset) =>
        HALVES.map(async ({speed, concurrencies}) => {
          const series = `sim-${preset}`;
          const flags = published({"max-concurrency": concurrencies.join(",")});
          const points = await measure(data, {...SAID, preset, speed, series}, flags);
          measured.set(series, [...(measured.get(series) ?? []), ...points]);
        })
      )
    );
    for (const id of SERIES) data.addSeries(`sim-${id}`, "simulated", {}, id);
    site = await siteOf(data);
  });
  after(() => data.remove());

  const pointOf = (series: string, concurrency: number): Measured =>
    measured.get(series)?.find((point) => point.concurrency === concurrency) ?? assert.fail();

  for (const id of SERIES) {
    for (const row of presets[id].rows) {
      const {concurrency} = row;
      const printed = (series: string, metric: string) =>
        factsOnPage(site, LABELS, `series/${series}`).get(
          `result_point.${series}.vllm-0.15.1.${metric}.c${concurrency}`
        ) ?? Number.NaN;

      it(`${id} at C=${concurrency}: the page prints the throughput that was measured, and the table was planned`, () => {
        const series = `sim-${id}`;
        const {requests, lateMs} = pointOf(series, concurrency);
        const tpotMs = printed(series, "median_tpot_ms");
        near(printed(series, "system_throughput"), (concurrency * 1000) / tpotMs, 1e-6, "system throughput");
        const planned = quantile(
          requests.map(({plannedTpotMs}) => plannedTpotMs * speedAt(concurrency)),
          0.5
        );
        asPrinted((concurrency * 1000) / planned, row.systemTokensPerS, 0.5, `as planned, ${lateMs} ms late`);
        if (row.tpotMs !== null) {
          asPrinted(planned, row.tpotMs, 0.005, `TPOT as planned, ${lateMs} ms late`);
        }
      });
    }
  }

  it("gives the published break-even of MTP between the same two concurrencies", () => {
    const page = factsOnPage(site, LABELS, "compare/sim-awq-vs-sim-awq-mtp1");
    const at = page.get("series_break_even.sim-awq.sim-awq-mtp1.4") ?? assert.fail("no break-even from 4 on");
    assert.ok(at > 4 && at < 8, `${at}`);
  });

  it("marks both series as simulated on every page that names them", () => {
    for (const [path, source] of site.pages.pages) {
      if (path.includes("sim-")) assert.match(source, /<strong>Simulated\.<\/strong>/, path);
    }
    assert.match(site.pages.tables["series-index"] ?? "", /Own sim-awq \(simulated\)/);
  });

  it("lets no simulated series into a comparison with a real one", () => {
    const mixed = [...site.pages.pages.keys()].filter(
      (path) => /^compare\/.*sim-/.test(path) && !/^compare\/sim-.*-vs-sim-/.test(path)
    );
    assert.deepEqual(mixed, []);
    assert.ok(site.pages.pages.has("compare/sim-awq-vs-sim-awq-mtp1"));
  });

  it("changes no fact of the findings", () => {
    const own = /^(result_|series_)/;
    for (const [id, {value, low, high, sources}] of bare) {
      if (own.test(id)) continue;
      const fact = site.computed.facts.get(id);
      assert.deepEqual(
        {value, low, high, sources},
        fact && {value: fact.value, low: fact.low, high: fact.high, sources: fact.sources},
        id
      );
    }
    const added = [...site.computed.facts.values()].filter(
      ({id, family}) => !bare.has(id) && !own.test(id) && family !== "setting_number"
    );
    assert.deepEqual(
      added.map(({id}) => id),
      [],
      "only the numbers of the cards may be new"
    );
  });

  it("keeps a run that was cut short out of the points and says so", async () => {
    const [file] = [...site.computed.facts.values()].flatMap(({family, sources}) =>
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
