/** Nanoseconds of CLOCK_MONOTONIC: on Linux every process of a machine reads the same clock. */
export function nowNs(): bigint {
  return process.hrtime.bigint();
}

/** Milliseconds with a fraction, on the same clock but from this process’s start. */
export function nowMs(): number {
  return performance.now();
}

// A timer wakes up to a millisecond and a half late, so the rest is spun in turns of the event loop.
const SPIN_MS = 2;

/** Resolves as soon as `dueMs` has passed; the event loop keeps turning meanwhile. */
export async function waitUntil(dueMs: number): Promise<void> {
  for (;;) {
    const left = dueMs - nowMs();
    if (left <= 0) return;
    if (left > SPIN_MS + 1) await new Promise((resolve) => setTimeout(resolve, Math.floor(left - SPIN_MS)));
    else await new Promise((resolve) => setImmediate(resolve));
  }
}
