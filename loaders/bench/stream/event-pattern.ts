import {endOfString} from "./json-scalar.js";

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
/** Below this many bytes a JavaScript loop beats Buffer.compare. */
const SHORT_BYTES = 32;
const NONE = Buffer.alloc(0);

/** Bytes from `start` up to `end`. */
export interface Span {
  start: number;
  end: number;
}

/**
 * The common parts of a stream's content events, most of which differ only in text and token counts. One pass over
 * the bytes, line ends included, tells whether an event matches.
 */
export class EventPattern {
  /** Where the text of the matching event is. */
  textStart = 0;
  textEnd = 0;
  /** Its `usage.completion_tokens`; -1 if it has none. */
  completionTokens = -1;

  /** The common parts in order: up to the text, then the parts after it, with a count between each two. */
  #same = NONE;
  /** Where each part ends in `#same`. */
  #ends: readonly number[] = [];
  /** The index of `completion_tokens` among the counts. */
  #completion = -1;

  /**
   * Learns to match events that differ from `event` only in `text`, the inside of a JSON string, and in `counts`, the
   * integers that follow it in order; `completion` is one of them, or empty.
   */
  learn(bytes: Buffer, event: Span, text: Span, counts: readonly Span[], completion: Span): void {
    const starts = [event.start, ...[text, ...counts].map(({end}) => end)];
    const parts = [text, ...counts, {start: event.end}].map(({start}, i) => bytes.subarray(starts[i], start));
    this.#same = Buffer.concat(parts);
    let end = 0;
    this.#ends = parts.map(({length}) => (end += length));
    this.#completion = counts.indexOf(completion);
  }

  /** The index after a matching event that begins at `start`; -1 if none does, or if `end` cuts it off. */
  endOf(bytes: Buffer, start: number, end: number): number {
    const [same, ends] = [this.#same, this.#ends];
    let p = start;
    let k = 0;
    this.completionTokens = -1;
    for (let part = 0; part < ends.length; part++) {
      if (part === 1) {
        this.textStart = p;
        p = endOfString(bytes, p, end) - 1;
        if (p <= this.textStart) return -1;
        this.textEnd = p;
      } else if (part > 1) {
        const countStart = p;
        let count = 0;
        for (; p < end; p++) {
          const c = bytes[p] ?? 0;
          if (c < DIGIT_0 || c > DIGIT_9) break;
          count = count * 10 + c - DIGIT_0;
        }
        if (p === countStart) return -1;
        if (part === this.#completion + 2) this.completionTokens = count;
      }
      const length = (ends[part] ?? 0) - k;
      if (p + length > end || !isSame(bytes, p, same, k, length)) return -1;
      p += length;
      k += length;
    }
    return ends.length === 0 ? -1 : p;
  }
}

function isSame(bytes: Buffer, at: number, other: Buffer, from: number, length: number): boolean {
  if (length > SHORT_BYTES) return bytes.compare(other, from, from + length, at, at + length) === 0;
  for (let i = 0; i < length; i++) if (bytes[at + i] !== other[from + i]) return false;
  return true;
}
