// Series that this report measures itself: from the flags on their card to a cached sweep.

import {existsSync, mkdirSync, renameSync, rmSync} from "node:fs";
import {dirname, join, relative} from "node:path";
import type {BenchOptions} from "../bench/call/bench-flags.js";
import {parseOptions} from "../bench/call/parse-arms.js";
import {callFingerprint} from "../bench/call/plan.js";
import {checkPromptFile} from "../bench/prompts/prompt-file.js";
import type {PointEnd} from "../bench/run/point-end.js";
import {WHY_ENDED} from "../bench/run/point-end.js";
import {HostError} from "../bench/server/host-error.js";
import type {Fault} from "../errors/faults.js";
import {UsageError} from "../errors/usage-error.js";
import type {Evidence, Series} from "../evidence/schema.js";
import {readResult} from "../formats/read-result.js";
import {checkResults} from "../results/check-results.js";
import {LIVE_FOLDER, type Result, resultsOf} from "../results/filed-result.js";
import {readResults, resultFiles} from "../results/read-results.js";

/** What the loader sets itself, or what must not stand in a file that others read. */
const OWN_FLAGS = ["base-url", "series", "result-dir", "resume", "dry-run", "quiet", "help", "header"];

export function liveSeries({series}: Pick<Evidence, "series">): Series[] {
  return series.filter(({live}) => live !== null);
}

/** Faults of the flags on the cards, and of printed series that claim to be live. */
export function liveFaults(data: string, evidence: Pick<Evidence, "series" | "tables">): Fault[] {
  const printed = new Set(evidence.tables.flatMap(({columns}) => columns.map(({series}) => series)));
  return evidence.series.flatMap((card) => {
    const {id, role, live} = card;
    const file = cardFile(data, card);
    const isOurs = role === "measured" || role === "simulated";
    if (isOurs && printed.has(id)) {
      const message = `its role is ${role}, but a printed table names it. Give the table a series of its own.`;
      return [{file, place: "role", message}];
    }
    if (live === null) return [];
    if (!isOurs) {
      return [{file, place: "live", message: `a ${role} series cannot be live. Set its role to measured.`}];
    }
    const message = flagsFault(card);
    return message === undefined ? [] : [{file, place: "live", message}];
  });
}

function cardFile(data: string, {id}: Series): string {
  return relative(process.cwd(), join(data, "series", `${id}.json`));
}

function flagsFault(card: Series): string | undefined {
  const own = Object.keys(card.live ?? {}).find((flag) => OWN_FLAGS.includes(flag));
  if (own !== undefined) return `“${own}” is not for a card. Remove it; the server is VLLM_BASE_URL.`;
  try {
    liveOptions(card, "http://localhost", ".");
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** Faults of the files that prompts of live series come from, which are needed only to measure. */
export async function promptFaults(data: string, cards: readonly Series[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const card of cards) {
    try {
      await checkPromptFile(liveOptions(card, "http://localhost", "."));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      faults.push({file: cardFile(data, card), place: "live", message: error.message});
    }
  }
  return faults;
}

/**
 * The call that measures a live series.
 * @throws UsageError where the card's flags contradict each other, or VLLM_BASE_URL names no host
 */
export function liveOptions({id, live}: Series, baseUrl: string, folder: string): BenchOptions {
  const flags = Object.entries(live ?? {}).flatMap(([flag, value]) => {
    if (typeof value === "boolean") return value ? [`--${flag}`] : [];
    return [`--${flag}`, ...[value].flat().map(String)];
  });
  try {
    return parseOptions([...flags, "--series", id, "--result-dir", folder], {VLLM_BASE_URL: baseUrl});
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(inEnvironment(error.message));
  }
}

/** A refusal of bench, of a host that came by the environment: there are no flags to pass beside it. */
function inEnvironment(message: string): string {
  return message.startsWith("VLLM_BASE_URL") ? message.replace(" or pass --header", "") : message;
}

/** An error of bench, whose remedy (its last sentence) lies not in flags here but in the environment and on the card. */
function onCard(message: string): string {
  return message.replace(/[^.]*\.$/, (remedy) =>
    remedy
      .replaceAll("--base-url", "VLLM_BASE_URL")
      .replace(/\bpass (?=--)/g, "set ")
      .replace(/\bPass (?=--)/g, "Set ")
      .replace(/--(?=[a-z])/g, "live.")
  );
}

/** Where the results of a live series are cached. */
export function liveCache(data: string, id: string): string {
  return join(data, "results", id, LIVE_FOLDER);
}

/** Whether there are results in the cache: a folder may stand there without. */
export function isCached(data: string, {id}: Series): boolean {
  return resultFiles(liveCache(data, id), true).length > 0;
}

/** The live series with results that were measured under other flags than their cards name. */
export function staleSeries({series}: Pick<Evidence, "series">, results: readonly Result[]): string[] {
  return liveSeries({series}).flatMap((card) => {
    const call = callFingerprint(liveOptions(card, "http://localhost", "."));
    const own = results.filter((result) => result.live && result.series === card.id);
    return own.some(({run}) => run.sweep?.call !== call) ? card.id : [];
  });
}

/** Where the cache is while another takes its place. */
function asideOf(data: string, id: string): string {
  return join(data, "..", ".benchbook", "live", `${id}-before`);
}

/** Puts a cache back that was aside when the process ended, or takes away what another had already replaced. */
export function restoreCache(data: string, card: Series): void {
  const [cache, aside] = [liveCache(data, card.id), asideOf(data, card.id)];
  if (isCached(data, card)) rmSync(aside, {recursive: true, force: true});
  else if (existsSync(aside)) {
    mkdirSync(dirname(cache), {recursive: true});
    rmSync(cache, {recursive: true, force: true});
    renameSync(aside, cache);
  }
}

/** What a build would say of the new results beside all others of the series: a simulator under a measured one, say. */
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
 * Measures a live series beside its cache and, only when the whole sweep is done, puts it in the cache's place.
 * @throws UsageError before anything is done where `baseUrl` names no host, and an Error of one line when the sweep
 * ends early; the cache is as it was then
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
  const cache = liveCache(data, card.id);
  rmSync(staging, {recursive: true, force: true});
  say(`Measuring ${card.id} at ${options["base-url"]} …`);
  const end = await bench(options).catch((error: unknown) => {
    // The call that was typed is not at fault.
    const isRefusal = error instanceof UsageError || error instanceof HostError;
    throw isRefusal ? new Error(`${card.id}: ${onCard(error.message)}`) : error;
  });
  if (end !== "finished") {
    throw new Error(
      `${card.id}: ${WHY_ENDED[end]}; the cache is as it was. What was measured is in ${staging}.`
    );
  }
  const fault = await stagedFault(staging, card, data);
  if (fault !== undefined) {
    throw new Error(`${card.id}: ${fault} The cache is as it was. What was measured is in ${staging}.`);
  }
  mkdirSync(dirname(cache), {recursive: true});
  const aside = asideOf(data, card.id);
  if (existsSync(cache)) renameSync(cache, aside);
  renameSync(staging, cache);
  rmSync(aside, {recursive: true, force: true});
  say(`${card.id}: cached in ${relative(process.cwd(), cache)}/`);
}
