import {endOfString} from "./json-scalar.js";

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
/** Up to so many bytes a loop compares faster than a call out of JavaScript. */
const SHORT_BYTES = 32;
const NONE = Buffer.alloc(0);

/** Bytes from `start` up to `end`. */
export interface Span {
  start: number;
  end: number;
}

/**
 * What stays the same in a stream's content events: most of them differ in their text and token counts alone. One
 * pass over the bytes tells, line ends included.
 */
export class EventPattern {
  /** Where the text of the event that matched stands. */
  textStart = 0;
  textEnd = 0;
  /** Its `usage.completion_tokens`, -1 where it has none. */
  completionTokens = -1;

  /** What is the same, part after part: up to the text, then from it on with a count between each and the next. */
  #same = NONE;
  /** Where in `#same` each part ends. */
  #ends: readonly number[] = [];
  /** Which of the counts is that of completion tokens. */
  #completion = -1;

  /**
   * Has events match that are as `event` but for `text`, the inside of a JSON string, and for `counts`, which are
   * whole numbers after it and in order; `completion` is one of them, or empty.
   */
  learn(bytes: Buffer, event: Span, text: Span, counts: readonly Span[], completion: Span): void {
    const starts = [event.start, ...[text, ...counts].map(({end}) => end)];
    const parts = [text, ...counts, {start: event.end}].map(({start}, i) => bytes.subarray(starts[i], start));
    this.#same = Buffer.concat(parts);
    let end = 0;
    this.#ends = parts.map(({length}) => (end += length));
    this.#completion = counts.indexOf(completion);
  }

  /** After such an event with some text that begins at `start`; -1 where none does, or not all of it before `end`. */
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
