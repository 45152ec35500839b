const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NONE = Buffer.alloc(0);

/** What stands around the text of a stream's content chunks: most of them differ in their text alone. */
export class ChunkPattern {
  /** Where the text of the chunk that matched stands. */
  textStart = 0;
  textEnd = 0;

  #before = NONE;
  #after = NONE;

  /** Has chunks match that are as this one around `[textStart, textEnd)`, the inside of a JSON string. */
  learn(bytes: Buffer, start: number, textStart: number, textEnd: number, end: number): void {
    this.#before = Buffer.from(bytes.subarray(start, textStart));
    this.#after = Buffer.from(bytes.subarray(textEnd, end));
  }

  /** Whether `bytes[start, end)` is such a chunk with some text. */
  matches(bytes: Buffer, start: number, end: number): boolean {
    const textStart = start + this.#before.length;
    const textEnd = end - this.#after.length;
    if (textStart === start || textEnd <= textStart) return false;
    if (bytes.compare(this.#after, 0, this.#after.length, textEnd, end) !== 0) return false;
    if (bytes.compare(this.#before, 0, this.#before.length, start, textStart) !== 0) return false;
    let p = textStart;
    for (; p < textEnd; p++) {
      const c = bytes[p];
      if (c === QUOTE) return false;
      if (c === BACKSLASH) p++;
    }
    this.textStart = textStart;
    this.textEnd = textEnd;
    return p === textEnd;
  }
}
