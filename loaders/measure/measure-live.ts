// Measures a live series: from the flags on its card to a cached sweep.

import {rmSync} from "node:fs";
import {join, relative} from "node:path";
import type {BenchOptions} from "../bench/call/bench-flags.js";
import {type PointEnd, whyEnded} from "../bench/run/point-end.js";
import {HostError} from "../bench/server/host-error.js";
import {UsageError} from "../errors/usage-error.js";
import type {Series} from "../evidence/schema.js";
import {readResult} from "../formats/read-result.js";
import {checkResults} from "../results/check-results.js";
import {type Result, resultsOf} from "../results/filed-result.js";
import {readResults, resultFiles} from "../results/read-results.js";
import {replaceCache, restoreCache} from "./live-cache.js";
import {liveOptions} from "./live-series.js";

/** What a build would find wrong with the new results, such as a simulator's, next to the series' other results. */
async function stagedFault(staging: string, card: Series, data: string): Promise<string | undefined> {
  const {results} = await readResults(data, null);
  const kept = results.filter(({series, live}) => series === card.id && !live);
  const measured: Result[] = [];
  const given = new Map<string, string>();
  for (const file of resultFiles(staging)) {
    const path = join(staging, file);
    given.set(file, relative(process.cwd(), path));
    measured.push(...resultsOf({file, series: card.id, live: true}, await readResult(path)));
  }
  return checkResults([...kept, ...measured], [card], data, given)[0]?.message;
}

export interface LiveEffects {
  bench: (options: BenchOptions) => Promise<PointEnd>;
  say: (line: string) => void;
}

/**
 * Measures a live series beside its cache, and replaces the cache only when the whole sweep is done.
 * @throws UsageError at once if `baseUrl` names no host, and a one-line Error if the sweep ends early, which leaves
 * the cache as it was
 */
export async function measureLive(
  data: string,
  card: Series,
  baseUrl: string,
  {bench, say}: LiveEffects
): Promise<void> {
  const staging = join(data, "..", ".benchbook", "live", card.id);
  const options = liveOptions(card, baseUrl, staging);
  restoreCache(data, card);
  rmSync(staging, {recursive: true, force: true});
  say(`Measuring ${card.id} at ${options["base-url"]} …`);
  const end = await bench(options).catch((error: unknown) => {
    // The user's call is not at fault.
    const isRefusal = error instanceof UsageError || error instanceof HostError;
    throw isRefusal ? new Error(`${card.id}: ${error.message}`) : error;
  });
  if (end !== "finished") {
    throw new Error(
      `${card.id}: ${whyEnded(end, options.names)}; the cache is unchanged. What was measured is in ${staging}.`
    );
  }
  const fault = await stagedFault(staging, card, data);
  if (fault !== undefined) {
    throw new Error(`${card.id}: ${fault} The cache is unchanged. What was measured is in ${staging}.`);
  }
  say(`${card.id}: cached in ${relative(process.cwd(), replaceCache(data, card, staging))}/`);
}
