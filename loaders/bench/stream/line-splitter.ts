// Splits a server-sent event stream into lines, over reads of any size. It handles bytes and not text, so that a
// character split over two reads needs no care.

export const CR = 0x0d;
export const LF = 0x0a;

/** Called with each line without its LF or CRLF; the bytes are only valid during the call. */
type OnLine = (bytes: Buffer, start: number, end: number) => void;

export class LineSplitter {
  #held: Buffer[] = [];

  /** Whether a line has begun but not ended. */
  get isWithinLine(): boolean {
    return this.#held.length > 0;
  }

  /** Passes on every line completed by `bytes[from, to)`, and keeps a copy of the rest. */
  push(bytes: Buffer, from: number, to: number, onLine: OnLine): void {
    const read = bytes.subarray(0, to);
    let start = from;
    let end = read.indexOf(LF, start);
    if (end !== -1 && this.#held.length > 0) {
      const line = Buffer.concat([...this.#held, read.subarray(start, end)]);
      this.#held = [];
      onLine(line, 0, withoutCr(line, 0, line.length));
      start = end + 1;
      end = read.indexOf(LF, start);
    }
    while (end !== -1) {
      onLine(read, start, withoutCr(read, start, end));
      start = end + 1;
      end = start < read.length ? read.indexOf(LF, start) : -1;
    }
    if (start < read.length) this.#held.push(Buffer.from(read.subarray(start)));
  }

  /** Passes on a last line without a line end. */
  end(onLine: OnLine): void {
    if (this.#held.length === 0) return;
    const line = Buffer.concat(this.#held);
    this.#held = [];
    onLine(line, 0, withoutCr(line, 0, line.length));
  }
}

function withoutCr(bytes: Buffer, start: number, end: number): number {
  return end > start && bytes[end - 1] === CR ? end - 1 : end;
}
