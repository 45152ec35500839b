import {nowMs} from "./clock.js";
import type {SequenceRequest, TokenSource} from "./engine.js";

/** The fractional part of the golden ratio spreads any number of phases evenly. */
const GOLDEN = 0.618033988749895;

const TICK_MS = 1;

/** Without a rate, a stream sends this many chunks before it is the next stream's turn. */
const BURST = 8;

interface RawStream extends SequenceRequest {
  produced: number;
  startMs: number;
}

interface RawRate {
  /** Chunks per second in each stream; `null` is as fast as the sockets take them. */
  chunksPerSecond: number | null;
}

/**
 * Models no engine: every stream sends one token per chunk at a steady rate, out of phase with the others. It uses
 * timers and does not spin, to leave the processor to the client under test; the log has the true times.
 */
export class RawPacer implements TokenSource {
  readonly #intervalMs: number;
  readonly #streams = new Set<RawStream>();
  #submitted = 0;
  #isTicking = false;

  constructor({chunksPerSecond}: RawRate) {
    this.#intervalMs = chunksPerSecond === null ? 0 : 1000 / chunksPerSecond;
  }

  readonly numWaiting = 0;

  get numRunning(): number {
    return this.#streams.size;
  }

  submit(request: SequenceRequest): () => void {
    const phase = (this.#submitted++ * GOLDEN) % 1;
    const stream = {...request, produced: 0, startMs: nowMs() + phase * this.#intervalMs};
    this.#streams.add(stream);
    request.onAdmitted();
    if (!this.#isTicking) this.#tick();
    return () => this.#streams.delete(stream);
  }

  #tick(): void {
    const now = nowMs();
    for (const stream of this.#streams) this.#sendDue(stream, now);
    this.#isTicking = this.#streams.size > 0;
    if (!this.#isTicking) return;
    if (this.#intervalMs === 0) setImmediate(() => this.#tick());
    else setTimeout(() => this.#tick(), TICK_MS);
  }

  #sendDue(stream: RawStream, now: number): void {
    const end = Math.min(stream.maxTokens, stream.stopAfter ?? stream.maxTokens);
    const due =
      this.#intervalMs === 0
        ? stream.produced + BURST
        : Math.floor((now - stream.startMs) / this.#intervalMs) + 1;
    while (stream.produced < Math.min(due, end) && stream.isWritable() && this.#streams.has(stream)) {
      const dueMs = this.#intervalMs === 0 ? now : stream.startMs + stream.produced * this.#intervalMs;
      stream.produced++;
      const isLast = stream.produced === end;
      if (isLast) this.#streams.delete(stream);
      stream.onOutput({tokens: 1, finishReason: isLast ? "length" : null, dueMs});
    }
  }
}
