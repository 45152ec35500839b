import {setTimeout as sleep} from "node:timers/promises";
import {readClocks} from "../machine/clocks.js";
import {collectYoung} from "../machine/garbage.js";

/** Nanoseconds of CLOCK_MONOTONIC: on Linux every process of a machine reads the same clock. */
export function nowNs(): bigint {
  return process.hrtime.bigint();
}

const START = readClocks();

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

/** The engine's view of time, which a test can let pass at once. */
export interface Clock {
  nowMs(): number;
  /** Resolves as soon as `dueMs` has passed; what arrives meanwhile is seen with a short delay. */
  waitUntil(dueMs: number): Promise<void>;
  /** Resolves up to two milliseconds after `dueMs`; what arrives meanwhile is seen at once. */
  sleepUntil(dueMs: number): Promise<void>;
}

/** A timer wakes up to a millisecond and a half late: this long before it is due, naps take over. */
const NAPS_MS = 2.5;
/** A nap ends a tenth of a millisecond late. Without them a client on the same processor would have to wait. */
const NAP_MS = 0.05;
/** The rest passes in turns of the event loop. Each leaves garbage, and collecting it would make a step late. */
const TURNS_MS = 0.2;

/** V8, left alone, collects for up to two milliseconds. Done this often and in a long wait, it takes a third of one. */
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
