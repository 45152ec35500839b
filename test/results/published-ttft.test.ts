import assert from "node:assert/strict";
import {after, before, describe, it} from "node:test";
import {PREFILL_WINDOW_MS} from "../../loaders/simulate/engine.js";
import {type PresetName, presets} from "../../loaders/simulate/presets.js";
import {TRANSPORT} from "../../loaders/simulate/timing.js";
import {quantile} from "../simulate/client.js";
import {DataFolder} from "./fixture.js";
import {
  asPrinted,
  factsOnPage,
  type Measured,
  measureUndisturbed,
  near,
  type Site,
  siteOf
} from "./simulated.js";

const SERIES: PresetName[] = ["awq", "awq-mtp1"];

/** A first token does not depend on those after it: the published sweep at the true speed, with answers of two. */
const SHORT = {"random-output-len": "2"};

const AGAIN = 4;

/**
 * As in `published.test.ts`: the page prints what the client measured, and what the simulator had planned is the
 * printed table. Runs before all other tests: beside them waves fall apart.
 */
describe("the published TTFT through simulator, client, evidence and page", {timeout: 300_000}, () => {
  const data = new DataFolder();
  const labels = SERIES.map((preset) => `sim-${preset}`);
  const measured = new Map<PresetName, Measured[]>();
  let site: Site;

  before(async () => {
    for (const preset of SERIES) {
      const measurement = {preset, speed: 1, series: `sim-${preset}`, transport: TRANSPORT};
      measured.set(preset, await measureUndisturbed(data, measurement, SHORT, leftItsWave, AGAIN));
      data.addSeries(`sim-${preset}`, "simulated", {}, preset);
    }
    site = await siteOf(data);
  });
  after(() => data.remove());

  for (const preset of SERIES) {
    for (const {concurrency, ttftMs} of presets[preset].rows) {
      it(`${preset} at C=${concurrency}: the page prints what was measured, and the table was planned`, () => {
        const page = factsOnPage(site, labels, `series/sim-${preset}`);
        const printed = (metric: string) =>
          page.get(`result_point.sim-${preset}.vllm-0.15.1.${metric}.c${concurrency}`) ?? Number.NaN;
        const point = measured.get(preset)?.find((of) => of.concurrency === concurrency) ?? assert.fail();
        const {requests, lateMs, transportMs} = point;
        const ttfts = requests.map((request) => request.ttftMs);
        const planned = requests.map(({plannedTtftMs}) => plannedTtftMs + transportMs);
        assert.equal(requests.length, 32);
        near(printed("median_ttft_ms"), quantile(ttfts, 0.5), 1e-4, "median");
        near(printed("p99_ttft_ms"), quantile(ttfts, 0.99), 1e-4, "P99");
        // Not the P99: one straggler makes it.
        asPrinted(quantile(planned, 0.5), ttftMs ?? Number.NaN, 0.5, `as planned, ${lateMs} ms late`);
      });
    }
  }
});

/** Requests that the machine kept from the prefill of their wave are another load. */
function leftItsWave({heldUpMs}: Measured): string | null {
  return heldUpMs <= PREFILL_WINDOW_MS ? null : `a request came ${heldUpMs.toFixed(0)} ms after it could`;
}
