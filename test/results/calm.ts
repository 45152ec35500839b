// Waits until a machine runs what is ready to run at once, which a virtual one does not always do.

import {setTimeout as sleep} from "node:timers/promises";

/** A thread that does nothing but read the clock misses so much of it at most, of the time it looks. */
const STANDSTILL_MS = 0.2;
const CALM_SHARE = 0.002;
const LOOK_MS = 3000;

const PAUSE_MS = 5000;

/** The share of the next seconds in which this thread stood still. Nothing else runs in the meantime. */
function standstill(): number {
  const start = performance.now();
  let stoodMs = 0;
  for (let last = start, now = start; now - start < LOOK_MS; last = now) {
    now = performance.now();
    if (now - last > STANDSTILL_MS) stoodMs += now - last;
  }
  return stoodMs / LOOK_MS;
}

/** Settles when the machine is calm, or after `patienceMs`. Warns of what it found. */
export async function calm(patienceMs: number): Promise<void> {
  const start = performance.now();
  let share = standstill();
  while (share > CALM_SHARE && performance.now() - start < patienceMs) {
    await sleep(PAUSE_MS);
    share = standstill();
  }
  const s = ((performance.now() - start) / 1000).toFixed(0);
  console.warn(
    `After ${s} s of waiting the machine stands still for ${(100 * share).toFixed(2)} % of the time.`
  );
}
