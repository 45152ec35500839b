import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, describe, it} from "node:test";
import type {Fact} from "../../loaders/facts/read-facts.js";
import {readResult} from "../../loaders/formats/read-result.js";
import {startSimulator} from "../../loaders/simulate/start-simulator.js";
import {compute} from "../../loaders/site/compute.js";
import {readData} from "../../loaders/site/read-data.js";
import {runBench} from "../bench/server.js";
import {closing} from "../support/closing.js";
import type {MadePages} from "../support/made-pages.js";
import {VirtualTime} from "../support/virtual-time.js";
import {DataFolder} from "./fixture.js";
import {playedSeries, printedRows} from "./printed-rows.js";
import {assertAsPrinted, assertSignChange, columnsOf, factsOnPage, published, siteOf} from "./simulated.js";

const SERIES = ["awq", "awq-mtp1", "nvfp4"];

const data = new DataFolder();

/** In virtual time there is no delay between a schedule and its reader. */
const NOTHING_ADDED = {transportMs: 0, batchMs: 0};

/**
 * The published sweeps, with the real server, client, evidence and pages, in virtual time: what a page prints does
 * not depend on the machine. `published-true-speed.test.ts` does the same in real time.
 */
describe("the published tables through simulator, client, evidence and page", {timeout: 300_000}, () => {
  let site: MadePages;
  let bare: Map<string, Fact>;

  before(async () => {
    bare = await compute((await readData(data.path)).evidence).then(({facts, warehouse}) => {
      warehouse.close();
      return facts;
    });
    for (const series of SERIES) {
      await measure(series);
      data.addSeries(`sim-${series}`, "simulated", {}, series);
    }
    site = await siteOf(data);
  });
  after(() => {
    site.warehouse.close();
    data.remove();
  });

  for (const series of SERIES) {
    for (const row of printedRows(series)) {
      it(`${series} at C=${row.concurrency}: every printed column, to half its last digit`, async () => {
        assertAsPrinted(columnsOf(await factsOnPage(site, `series/sim-${series}`), series, row));
      });
    }
  }

  it("shows MTP overtaking between the same two concurrencies as published, and no sign settled by one run", async () => {
    await assertSignChange(site);
  });

  it("marks both series as simulated on every page that names them", async () => {
    for (const path of site.paths) {
      if (path.includes("sim-")) assert.match(await site.html(path), /<strong>Simulated\.<\/strong>/, path);
    }
    assert.equal((await site.lines("series/sim-awq"))[0], "Own sim-awq (simulated)");
  });

  it("lets no simulated series into a comparison with a real one", () => {
    const mixed = site.paths.filter(
      (path) => /^compare\/.*sim-/.test(path) && !/^compare\/sim-.*-vs-sim-/.test(path)
    );
    assert.deepEqual(mixed, []);
    assert.ok(site.paths.includes("compare/sim-awq-vs-sim-awq-mtp1"));
  });

  it("changes no fact of the findings", () => {
    const own = /^(result_|series_)/;
    for (const [id, {value, low, high, sources}] of bare) {
      if (own.test(id)) continue;
      const fact = site.facts.get(id);
      assert.deepEqual(
        {value, low, high, sources},
        fact && {value: fact.value, low: fact.low, high: fact.high, sources: fact.sources},
        id
      );
    }
    const added = [...site.facts.values()].filter(
      ({id, family}) => !bare.has(id) && !own.test(id) && family !== "setting_number"
    );
    assert.deepEqual(
      added.map(({id}) => id),
      [],
      "only the numbers of the cards may be new"
    );
  });

  it("keeps a run that was cut short out of the points and says so", async () => {
    const [file] = [...site.facts.values()].flatMap(({family, sources}) =>
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
    const load = `c${run.settings.max_concurrency}`;
    assert.deepEqual(
      [...facts.values()].flatMap(({id, family, key}) =>
        family === "result_repeats" && key.series === series && key.offered_load === load ? id : []
      ),
      []
    );
  });
});

/** `npm run simulate` and `npm run bench`, into the folder of a series. */
async function measure(series: string): Promise<void> {
  const time = new VirtualTime();
  const simulator = closing(
    await startSimulator({deployment: playedSeries(series, "awq"), ...NOTHING_ADDED}, time)
  );
  time.begin();
  const flags = ["--repeats", "1", "--series", `sim-${series}`];
  const folder = join(data.path, "results", `sim-${series}`);
  await runBench(simulator.url, folder, [...published({}), ...flags]).finally(() => time.end());
  await simulator.close();
}
