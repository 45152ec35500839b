/** Nanoseconds of CLOCK_MONOTONIC: on Linux every process of a machine reads the same clock. */
export function nowNs(): bigint {
  return process.hrtime.bigint();
}

const START_NS = nowNs();

/** Milliseconds with a fraction, on the same clock but from this process’s start. */
export function nowMs(): number {
  return Number(nowNs() - START_NS) / 1e6;
}

/** The reading of `nowNs` at a reading of `nowMs`. */
export function toNs(ms: number): bigint {
  return START_NS + BigInt(Math.round(ms * 1e6));
}

/** What the engine knows of time, so that a test can let it pass at once. */
export interface Clock {
  nowMs(): number;
  /** Resolves as soon as `dueMs` has passed. */
  waitUntil(dueMs: number): Promise<void>;
}

// A timer wakes up to a millisecond and a half late, so the rest is spun in turns of the event loop.
const SPIN_MS = 2;

/** The event loop keeps turning while it waits. */
async function waitUntil(dueMs: number): Promise<void> {
  for (;;) {
    const left = dueMs - nowMs();
    if (left <= 0) return;
    if (left > SPIN_MS + 1) await new Promise((resolve) => setTimeout(resolve, Math.floor(left - SPIN_MS)));
    else await new Promise((resolve) => setImmediate(resolve));
  }
}

export const systemClock: Clock = {nowMs, waitUntil};
