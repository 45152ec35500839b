import type {Socket} from "node:net";

/** A connection that its first request follows within this time was opened for that request. */
const OPENING_MS = 25;

/**
 * When clients began their requests, as far as a server can tell. A client’s TTFT counts the opening of the
 * connection, so the first request of one arrived when that did.
 */
export class Arrivals {
  readonly #nowMs: () => number;
  readonly #unused = new WeakMap<Socket, number>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** A client has connected. */
  connected(socket: Socket): void {
    this.#unused.set(socket, this.#nowMs());
  }

  /** Call it as soon as the request is there. */
  arrivalMs(socket: Socket): number {
    const now = this.#nowMs();
    const openedMs = this.#unused.get(socket);
    this.#unused.delete(socket);
    return openedMs !== undefined && now - openedMs <= OPENING_MS ? openedMs : now;
  }
}
