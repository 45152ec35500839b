import {setTimeout as sleep} from "node:timers/promises";
import {readClocks} from "../machine/clocks.js";
import {collectYoung} from "../machine/garbage.js";

/** Nanoseconds of CLOCK_MONOTONIC: on Linux, all processes of a machine read the same clock. */
export function nowNs(): bigint {
  return process.hrtime.bigint();
}

const START = readClocks();

/**
 * Milliseconds with a fraction, on the same clock but from the start of this process. It is read in every turn of the
 * event loop, so it must leave no garbage: a collection takes longer than what is being timed.
 */
export function nowMs(): number {
  return performance.now() - START.ms;
}

/** The reading of `nowNs` at a reading of `nowMs`. */
export function toNs(ms: number): bigint {
  return START.ns + BigInt(Math.round(ms * 1e6));
}

/** The engine's view of time; a test can let time pass instantly. */
export interface Clock {
  nowMs(): number;
  /** Resolves as soon as `dueMs` has passed; what arrives meanwhile is seen with a short delay. */
  waitUntil(dueMs: number): Promise<void>;
  /** Resolves up to two milliseconds after `dueMs`; what arrives meanwhile is seen at once. */
  sleepUntil(dueMs: number): Promise<void>;
}

/** A timer wakes up to 1.5 ms late, so this long before the due time naps take over. */
const NAPS_MS = 2.5;
/** A nap ends 0.1 ms late. Without naps, a client on the same processor would have to wait. */
const NAP_MS = 0.05;
/** The rest is spent in turns of the event loop. Each leaves garbage, whose collection would delay a step. */
const TURNS_MS = 0.2;

/** Left alone, V8 collects for up to two milliseconds. This often and in a long wait, it takes a third of one. */
const COLLECT_EVERY_MS = 500;
const LONG_WAIT_MS = 8;
let collectedMs = 0;

const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

function waitUntil(dueMs: number): Promise<void> {
  const ms = nowMs();
  if (dueMs - ms > LONG_WAIT_MS && ms - collectedMs > COLLECT_EVERY_MS) {
    collectYoung();
    collectedMs = ms;
  }
  return new Promise((resolve) => {
    const look = () => {
      const left = dueMs - nowMs();
      if (left <= 0) resolve();
      else if (left > NAPS_MS + 1) setTimeout(look, Math.floor(left - NAPS_MS));
      else {
        if (left > TURNS_MS) Atomics.wait(never, 0, 0, Math.min(left - TURNS_MS, NAP_MS));
        setImmediate(look);
      }
    };
    look();
  });
}

async function sleepUntil(dueMs: number): Promise<void> {
  const left = dueMs - nowMs();
  if (left > 0) await sleep(Math.ceil(left));
}

export const systemClock: Clock = {nowMs, waitUntil, sleepUntil};
