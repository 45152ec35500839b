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

/** What stays the same in a stream's content chunks: most of them differ in their text and token counts alone. */
export class ChunkPattern {
  /** Where the text of the chunk that matched stands. */
  textStart = 0;
  textEnd = 0;
  /** Its `usage.completion_tokens`, -1 where it has none. */
  completionTokens = -1;

  #before = NONE;
  /** From the text on, with a count between each and the next. */
  #after: readonly Buffer[] = [];
  /** Which of the counts is that of completion tokens. */
  #completion = -1;

  /**
   * Has chunks match that are as `chunk` but for `text`, the inside of a JSON string, and for `counts`, which are
   * whole numbers after it and in order; `completion` is one of them, or empty.
   */
  learn(bytes: Buffer, chunk: Span, text: Span, counts: readonly Span[], completion: Span): void {
    const starts = [text, ...counts].map(({end}) => end);
    const ends = [...counts.map(({start}) => start), chunk.end];
    this.#before = Buffer.from(bytes.subarray(chunk.start, text.start));
    this.#after = starts.map((start, i) => Buffer.from(bytes.subarray(start, ends[i])));
    this.#completion = counts.indexOf(completion);
  }

  /** Whether `bytes[start, end)` is such a chunk with some text. */
  matches(bytes: Buffer, start: number, end: number): boolean {
    const textStart = start + this.#before.length;
    if (textStart === start || textStart >= end || !startsWith(bytes, start, this.#before)) return false;
    let p = endOfString(bytes, textStart, end) - 1;
    if (p <= textStart) return false;
    this.textStart = textStart;
    this.textEnd = p;
    this.completionTokens = -1;
    const after = this.#after;
    for (let i = 0; i < after.length; i++) {
      const same = after[i] ?? NONE;
      if (p + same.length > end || !startsWith(bytes, p, same)) return false;
      p += same.length;
      if (i === after.length - 1) break;
      const countStart = p;
      let count = 0;
      for (; p < end; p++) {
        const c = bytes[p] ?? 0;
        if (c < DIGIT_0 || c > DIGIT_9) break;
        count = count * 10 + c - DIGIT_0;
      }
      if (p === countStart) return false;
      if (i === this.#completion) this.completionTokens = count;
    }
    return p === end;
  }
}

function startsWith(bytes: Buffer, start: number, expected: Buffer): boolean {
  const {length} = expected;
  if (length > SHORT_BYTES) return bytes.compare(expected, 0, length, start, start + length) === 0;
  for (let i = 0; i < length; i++) if (bytes[start + i] !== expected[i]) return false;
  return true;
}
