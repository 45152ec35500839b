/** One moment on both clocks of Node. */
export interface Moment {
  /** `performance.now()`: cheap to read, counts from the start of this process. */
  ms: number;
  /** CLOCK_MONOTONIC: on Linux, all processes of a machine read the same clock. */
  ns: bigint;
}

/** Several, because the first take up to half a millisecond, and the process may be preempted between any two. */
const READINGS = 5;

/** Reads both clocks several times and takes the two readings closest together. */
export function readClocks(): Moment {
  let closest: Moment = {ms: Number.NaN, ns: 0n};
  let apartMs = Number.POSITIVE_INFINITY;
  for (let reading = 0; reading < READINGS; reading++) {
    const before = performance.now();
    const ns = process.hrtime.bigint();
    const after = performance.now();
    if (after - before >= apartMs) continue;
    apartMs = after - before;
    closest = {ms: (before + after) / 2, ns};
  }
  return closest;
}
