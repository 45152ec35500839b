import {z} from "zod";
import {describePlan} from "../bench/call/describe-plan.js";
import {stopOn} from "../errors/faults.js";
import {UsageError} from "../errors/usage-error.js";
import {readEvidence} from "../evidence/read-evidence.js";
import {flag, toggle} from "../flags/flag.js";
import {liveCache} from "../measure/live-cache.js";
import {liveEffects} from "../measure/live-effects.js";
import {liveOptions, liveSeries, promptFaults} from "../measure/live-series.js";
import {measureLive} from "../measure/measure-live.js";
import {namedSeries} from "../measure/named-series.js";
import {paths} from "../paths.js";
import {buildSite} from "../site/build-site.js";
import {run} from "./run.js";

await run(
  {
    before: `Usage: VLLM_BASE_URL=http://HOST:8000 npm run refresh [-- --series ID] [--dry-run]

Measures live series again and rebuilds the site. A series is live if its card in data/series has
flags of npm run bench under “live”. A sweep replaces the cached one only when it is finished.`,
    flags: {
      series: flag(z.string().optional(), "ID", "only this series"),
      "dry-run": toggle("show the plan and send nothing")
    },
    after: `Exit codes: 0 measured and built, 1 the host could not be measured (the cache is unchanged), 2 the call is wrong.`
  },
  async (values) => {
    const url = process.env.VLLM_BASE_URL;
    const {series} = readEvidence(paths.data);
    const wanted = values.series === undefined ? series : [namedSeries(series, values.series)];
    const cards = liveSeries({series: wanted});
    if (cards.length === 0) {
      throw new UsageError(
        values.series === undefined
          ? "No series is live: add “live” to a card in data/series (docs/results.md shows how)."
          : `The series “${values.series}” is not live: add “live” to data/series/${values.series}.json.`
      );
    }
    if (!url) throw new UsageError("No host given: set VLLM_BASE_URL=http://HOST:8000.");
    stopOn(await promptFaults(paths.data, cards));
    if (values["dry-run"]) {
      for (const card of cards) {
        console.log(`${card.id}\n${describePlan(liveOptions(card, url, liveCache(paths.data, card.id)))}\n`);
      }
      return;
    }
    for (const card of cards) await measureLive(paths.data, card, url, liveEffects());
    await buildSite(
      cards.map(({id}) => id),
      false
    ).catch((error) => {
      console.error("The results are cached, but the site could not be built:");
      throw error;
    });
  }
);
