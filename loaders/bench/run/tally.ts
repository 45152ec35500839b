import type {RequestResult} from "../stream/open-request.js";
import type {PointProgress} from "./progress.js";

/** The TTFT shown is the median of the latest 256. */
const LATEST = 256;

/**
 * Counts how the requests of a point have ended so far. It is updated as each ends, because looping over all of them
 * for each report would leave garbage in the thread that reads the clock.
 */
export class Tally {
  failed = 0;
  #ended = 0;
  #tokens = 0;
  #isCounted = true;
  readonly #ttfts: number[] = [];

  add({failure, stream, startMs}: RequestResult): void {
    this.#ended++;
    this.#tokens += stream.completionTokens ?? 0;
    if (failure !== null) this.failed++;
    else if (stream.completionTokens === null) this.#isCounted = false;
    if (stream.firstContentMs === null) return;
    if (this.#ttfts.length === LATEST) this.#ttfts.shift();
    this.#ttfts.push(stream.firstContentMs - startMs);
  }

  progress(total: number, elapsedMs: number, limitMs: number): PointProgress {
    const ttfts = this.#ttfts.toSorted((a, b) => a - b);
    return {
      ended: this.#ended,
      failed: this.failed,
      total,
      elapsedMs,
      limitMs,
      tokens: this.#isCounted ? this.#tokens : null,
      ttftMs: ttfts[ttfts.length >> 1] ?? null
    };
  }
}
