/** Nanoseconds of CLOCK_MONOTONIC: on Linux every process of a machine reads the same clock. */
export function nowNs(): bigint {
  return process.hrtime.bigint();
}

/** Two readings of one moment. The first reading of a clock takes half a millisecond, so the second counts. */
function readBoth(): {ns: bigint; ms: number} {
  return {ns: nowNs(), ms: performance.now()};
}

readBoth();
const START = readBoth();

/**
 * Milliseconds with a fraction, on the same clock but from this process’s start. It is read at every turn of
 * the event loop, so it must leave no garbage: a collection takes longer than what is to be timed.
 */
export function nowMs(): number {
  return performance.now() - START.ms;
}

/** The reading of `nowNs` at a reading of `nowMs`. */
export function toNs(ms: number): bigint {
  return START.ns + BigInt(Math.round(ms * 1e6));
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
function waitUntil(dueMs: number): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const left = dueMs - nowMs();
      if (left <= 0) resolve();
      else if (left > SPIN_MS + 1) setTimeout(look, Math.floor(left - SPIN_MS));
      else setImmediate(look);
    };
    look();
  });
}

export const systemClock: Clock = {nowMs, waitUntil};
