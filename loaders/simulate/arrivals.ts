import type {Socket} from "node:net";
import {setImmediate as nextTurn} from "node:timers/promises";
import type {Clock} from "./clock.js";

/** If its first request follows within this time, a connection was opened for that request. */
const OPENING_MS = 25;

/** Work waits for the end of a wave for at most this many times the quiet that ends it. */
const LONGEST_WAVE = 10;

/**
 * When clients began their requests, as far as a server can tell. A client’s TTFT includes opening the connection, so
 * the first request of a connection arrived when the connection did.
 */
export class Arrivals {
  readonly #clock: Pick<Clock, "nowMs" | "sleepUntil">;
  readonly #quietMs: number;
  readonly #unused = new WeakMap<Socket, number>();
  #latestMs = 0;
  #readingSinceMs: number | null = null;
  #wave: Promise<void> | null = null;

  /** @param quietMs how long without an arrival ends a wave */
  constructor(clock: Pick<Clock, "nowMs" | "sleepUntil">, quietMs: number) {
    this.#clock = clock;
    this.#quietMs = quietMs;
  }

  /** A client has connected. */
  connected(socket: Socket): void {
    this.#unused.set(socket, this.#turnBeganMs());
  }

  /** Call it as soon as the request is there. */
  arrivalMs(socket: Socket): number {
    const now = this.#turnBeganMs();
    this.#latestMs = this.#clock.nowMs();
    const openedMs = this.#unused.get(socket);
    this.#unused.delete(socket);
    return openedMs !== undefined && now - openedMs <= OPENING_MS ? openedMs : now;
  }

  /** When this turn of the event loop began to read: what it reads had come by then. */
  #turnBeganMs(): number {
    if (this.#readingSinceMs === null) {
      this.#readingSinceMs = this.#clock.nowMs();
      setImmediate(() => {
        this.#readingSinceMs = null;
      });
    }
    return this.#readingSinceMs;
  }

  /**
   * Resolves after a wave of arrivals, because work on one request would keep the server from seeing the next. All
   * requests of a wave await the same promise, so they continue in order of arrival.
   */
  waveEnded(): Promise<void> {
    this.#wave ??= this.#quiet().finally(() => {
      this.#wave = null;
    });
    return this.#wave;
  }

  async #quiet(): Promise<void> {
    await nextTurn();
    const lastMs = this.#clock.nowMs() + LONGEST_WAVE * this.#quietMs;
    for (let due = 0; due < lastMs && due < this.#latestMs + this.#quietMs; ) {
      due = Math.min(lastMs, this.#latestMs + this.#quietMs);
      await this.#clock.sleepUntil(due);
    }
  }
}
