import {bearsOutput, type EventColumns, TOKENS_UNKNOWN} from "../../formats/events.js";

const SEGMENT = 1 << 16;

interface Segment {
  request: Uint32Array;
  timeMs: Float64Array;
  kind: Uint8Array;
  tokens: Int32Array;
}

/** The events of one run, 17 bytes each. It grows by whole segments, so that nothing is copied while measuring. */
export class EventLog {
  readonly #segments: Segment[] = [];
  #current: Segment = this.#grow();
  #used = 0;

  get length(): number {
    return (this.#segments.length - 1) * SEGMENT + this.#used;
  }

  /** @param timeMs on the run's clock */
  add(request: number, timeMs: number, kind: number, tokens: number): void {
    if (this.#used === SEGMENT) {
      this.#current = this.#grow();
      this.#used = 0;
    }
    const i = this.#used++;
    const segment = this.#current;
    segment.request[i] = request;
    segment.timeMs[i] = timeMs;
    segment.kind[i] = kind;
    segment.tokens[i] = tokens;
  }

  /** Marks the tokens of a request's chunks as unknown; `from` is the log's length before the first chunk. */
  forgetTokens(request: number, from: number): void {
    for (let at = from; at < this.length; at++) {
      const segment = this.#segments[Math.floor(at / SEGMENT)];
      const i = at % SEGMENT;
      if (segment?.request[i] === request && bearsOutput(segment.kind[i] ?? 0))
        segment.tokens[i] = TOKENS_UNKNOWN;
    }
  }

  columns(): EventColumns {
    const rows = this.length;
    const columns: EventColumns = {
      request: new Uint32Array(rows),
      time_ns: new Float64Array(rows),
      kind: new Uint8Array(rows),
      tokens: new Int32Array(rows)
    };
    this.#segments.forEach((segment, s) => {
      const start = s * SEGMENT;
      const count = Math.min(SEGMENT, rows - start);
      columns.request.set(segment.request.subarray(0, count), start);
      columns.time_ns.set(
        segment.timeMs.subarray(0, count).map((ms) => Math.round(ms * 1e6)),
        start
      );
      columns.kind.set(segment.kind.subarray(0, count), start);
      columns.tokens.set(segment.tokens.subarray(0, count), start);
    });
    return columns;
  }

  #grow(): Segment {
    const segment = {
      request: new Uint32Array(SEGMENT),
      timeMs: new Float64Array(SEGMENT),
      kind: new Uint8Array(SEGMENT),
      tokens: new Int32Array(SEGMENT)
    };
    this.#segments.push(segment);
    return segment;
  }
}
