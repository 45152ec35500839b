// Virtual time for client and server in one process: it passes only when neither has anything left to do.

import {subscribe, unsubscribe} from "node:diagnostics_channel";
import type {Socket} from "node:net";
import {z} from "zod";
import {type Clock, nowMs, toNs} from "../../loaders/simulate/clock.js";

const Opened = z.object({socket: z.custom<Socket>((value) => typeof value === "object")});

/** Turns of the event loop without a byte after which all are idle. A client sends its next request in fewer. */
const STILL_TURNS = 10;

/** What rounding may take from a time, in milliseconds. */
const ROUNDING_MS = 1e-6;

interface Waiting {
  dueMs: number;
  resolve: () => void;
}

/**
 * The clock of a simulator and, from `begin` to `end`, of everything in this process. It stops while a byte is in
 * flight or has just been read, and then jumps to what is due next. So a client measures what the server planned, on
 * any machine. Timers run in real time.
 */
export class VirtualTime implements Clock {
  readonly nowMs = nowMs;
  readonly #ends = {client: new Set<Socket>(), server: new Set<Socket>()};
  readonly #waiting: Waiting[] = [];
  readonly #machine = {now: performance.now, bigint: process.hrtime.bigint};
  #readingMs = 0;
  #isPassing = false;

  constructor() {
    subscribe("net.client.socket", this.#clientOpened);
    subscribe("net.server.socket", this.#serverOpened);
  }

  begin(): void {
    const atMs = nowMs();
    this.#readingMs = performance.now();
    const zeroMs = this.#readingMs - atMs;
    performance.now = () => this.#readingMs;
    process.hrtime.bigint = () => toNs(this.#readingMs - zeroMs);
  }

  end(): void {
    unsubscribe("net.client.socket", this.#clientOpened);
    unsubscribe("net.server.socket", this.#serverOpened);
    performance.now = this.#machine.now;
    process.hrtime.bigint = this.#machine.bigint;
  }

  waitUntil(dueMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({dueMs, resolve});
      if (!this.#isPassing) void this.#pass();
    });
  }

  sleepUntil(dueMs: number): Promise<void> {
    return this.waitUntil(dueMs);
  }

  readonly #clientOpened = (message: unknown) => {
    this.#ends.client.add(Opened.parse(message).socket);
  };

  readonly #serverOpened = (message: unknown) => {
    this.#ends.server.add(Opened.parse(message).socket);
  };

  async #pass(): Promise<void> {
    this.#isPassing = true;
    while (this.#waiting.length > 0) {
      await this.#stillness();
      this.#waiting.sort((a, b) => a.dueMs - b.dueMs);
      const next = this.#waiting.shift();
      if (next === undefined) break;
      const leftMs = next.dueMs - nowMs();
      if (leftMs > 0) this.#readingMs += leftMs + ROUNDING_MS;
      next.resolve();
    }
    this.#isPassing = false;
  }

  async #stillness(): Promise<void> {
    for (let before = this.#traffic(); ; ) {
      await turns(STILL_TURNS);
      const now = this.#traffic();
      if (!now.isOpening && now.written === now.read && now.written === before.written) return;
      before = now;
    }
  }

  /** Bytes of the connections that are open at both ends. */
  #traffic() {
    let [written, read, isOpening] = [0, 0, false];
    for (const ends of [this.#ends.client, this.#ends.server]) {
      for (const socket of ends) {
        if (socket.destroyed) ends.delete(socket);
        else {
          written += socket.bytesWritten;
          read += socket.bytesRead;
          isOpening ||= socket.connecting;
        }
      }
    }
    return {written, read, isOpening};
  }
}

function turns(count: number): Promise<void> {
  return new Promise((resolve) => {
    const turn = (left: number) => {
      if (left === 0) resolve();
      else setImmediate(turn, left - 1);
    };
    turn(count);
  });
}
