import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {stopOn} from "../errors/faults.js";
import {toggle} from "../flags/flag.js";
import {paths} from "../paths.js";
import {buildSite} from "../site/build-site.js";
import {run} from "./run.js";

await run(
  {
    before: `Usage: npm run build [-- --verbose]

Builds the report into dist/: evidence (data/) → report.duckdb → facts → pages. Needs no network.
If anything is wrong, every fault is listed and dist/ stays as it was.

With VLLM_BASE_URL set, it first measures live series without cached results, and those measured with
flags other than those on their cards.`,
    flags: {
      verbose: toggle("print what Observable Framework prints")
    }
  },
  async ({verbose}) => {
    await buildSite(await measureMissing(), verbose);
  }
);

/**
 * If a host is named, measures the live series whose results are missing or stale, and resolves to their ids.
 * npm run refresh measures all live series.
 */
async function measureMissing(): Promise<string[]> {
  // Reading the evidence takes half a second; a report without live series can do without.
  if (!mentionsLive()) return [];
  const {inspectData} = await import("../site/read-data.js");
  const {isCached, restoreCache} = await import("../measure/live-cache.js");
  const {liveSeries, promptFaults, staleSeries} = await import("../measure/live-series.js");
  const {measureLive} = await import("../measure/measure-live.js");
  const {inspectEvidence} = await import("../evidence/read-evidence.js");
  for (const card of liveSeries(inspectEvidence(paths.data).evidence)) restoreCache(paths.data, card);
  const {evidence, results, faults} = await inspectData(paths.data);
  const live = liveSeries(evidence);
  if (live.length === 0 || faults.length > 0) return [];
  const stale = staleSeries(evidence, results);
  const url = process.env.VLLM_BASE_URL;
  if (!url) {
    for (const id of stale)
      console.error(
        `${id}: its results were measured with flags other than those on its card. Run npm run refresh -- --series ${id}.`
      );
    return [];
  }
  const wanted = live.filter((card) => !isCached(paths.data, card) || stale.includes(card.id));
  stopOn(await promptFaults(paths.data, wanted));
  const {liveEffects} = await import("../measure/live-effects.js");
  for (const card of wanted) await measureLive(paths.data, card, url, liveEffects());
  return wanted.map(({id}) => id);
}

function mentionsLive(): boolean {
  const folder = join(paths.data, "series");
  return (
    existsSync(folder) &&
    readdirSync(folder).some((name) => readFileSync(join(folder, name), "utf8").includes('"live"'))
  );
}
