// Live series, which this report measures itself: what their cards ask for.

import {join, relative} from "node:path";
import type {BenchOptions} from "../bench/call/bench-flags.js";
import type {FlagNames} from "../bench/call/flag-names.js";
import {parseOptions} from "../bench/call/parse-arms.js";
import {callFingerprint} from "../bench/call/plan.js";
import {checkPromptFile} from "../bench/prompts/prompt-file.js";
import type {Fault} from "../errors/faults.js";
import {UsageError} from "../errors/usage-error.js";
import type {Evidence, Series} from "../evidence/schema.js";
import type {Result} from "../results/filed-result.js";

/** Flags that measuring sets itself, or that must not be in a file which others read. */
const OWN_FLAGS = ["base-url", "series", "result-dir", "resume", "dry-run", "quiet", "help", "header"];

export function liveSeries({series}: Pick<Evidence, "series">): Series[] {
  return series.filter(({live}) => live !== null);
}

/** Faults in the flags of cards, and printed series that claim to be live. */
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
  if (own !== undefined) return `“${own}” does not belong on a card. Remove it; the server is VLLM_BASE_URL.`;
  try {
    liveOptions(card, "http://localhost", ".");
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** Faults in the prompt files of live series, which only measuring needs. */
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
 * @throws UsageError if the card's flags contradict each other, or VLLM_BASE_URL names no host
 */
export function liveOptions({id, live}: Series, baseUrl: string, folder: string): BenchOptions {
  const flags = Object.entries(live ?? {}).flatMap(([flag, value]) => {
    if (typeof value === "boolean") return value ? [`--${flag}`] : [];
    return [`--${flag}`, ...[value].flat().map(String)];
  });
  return parseOptions([...flags, "--series", id, "--result-dir", folder], {VLLM_BASE_URL: baseUrl}, ON_CARD);
}

/** The names to use in errors: the flags are on the card, the server is in the environment, headers have no flag. */
const ON_CARD: FlagNames = {
  of: (flag) => (flag === "base-url" ? "VLLM_BASE_URL" : `live.${flag}`),
  secret: "set OPENAI_API_KEY"
};

/** The live series whose results were measured with other flags than their cards give. */
export function staleSeries({series}: Pick<Evidence, "series">, results: readonly Result[]): string[] {
  return liveSeries({series}).flatMap((card) => {
    const call = callFingerprint(liveOptions(card, "http://localhost", "."));
    const own = results.filter((result) => result.live && result.series === card.id);
    return own.some(({run}) => run.sweep?.call !== call) ? card.id : [];
  });
}
