// Estimates how long a sweep takes, assuming how long a request takes.

import type {BenchOptions} from "./bench-flags.js";
import {pointsOf, settingsOf} from "./plan.js";
import {arrivalsOf, arrivalTimes} from "./schedule.js";

export const ASSUMED_TTFT_MS = 200;
export const ASSUMED_TPOT_MS = 25;
/** Used if only the file or the server knows the length. */
const ASSUMED_OUTPUT_LEN = 256;

/** Seconds for all points and their warm-ups, if every request takes as long as assumed. */
export function expectedSeconds(options: BenchOptions): number {
  const {duration, seed, "num-warmups": warmups} = options;
  const settings = settingsOf(options);
  const {dataset, num_prompts: count} = settings;
  const requestMs = ASSUMED_TTFT_MS + (dataset?.output_len ?? ASSUMED_OUTPUT_LEN) * ASSUMED_TPOT_MS;
  const dueMs = arrivalTimes(count, seed, arrivalsOf(settings));
  const warmupDueMs = new Array<number>(warmups).fill(0);
  const milliseconds = pointsOf(options).map(({maxConcurrency}) => {
    const slots = maxConcurrency ?? Infinity;
    const limitMs = (duration ?? Infinity) * 1000;
    return lastEndMs(warmupDueMs, slots, requestMs, Infinity) + lastEndMs(dueMs, slots, requestMs, limitMs);
  });
  return milliseconds.reduce((sum, ms) => sum + ms, 0) / 1000;
}

/** When the last request ends, if each is sent as soon as it is due and one of `slots` is free. */
function lastEndMs(dueMs: readonly number[], slots: number, requestMs: number, limitMs: number): number {
  const ends: number[] = [];
  for (const due of dueMs) {
    const start = Math.max(due, ends[ends.length - slots] ?? 0);
    if (start >= limitMs) break;
    ends.push(start + requestMs);
  }
  return ends.at(-1) ?? 0;
}
