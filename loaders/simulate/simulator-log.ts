import {createWriteStream, openSync} from "node:fs";

export type ChunkKind = "role" | "content" | "reasoning" | "tool_call" | "usage" | "done" | "error";

/** How a request ended: `complete` with its last byte, `refused` with an error status, by a `fault`, or `aborted` by the client. */
export type Ending = "complete" | "refused" | "fault" | "aborted";

interface LoggedChunk {
  kind: ChunkKind;
  /** The number of new completion tokens. */
  tokens: number;
  /** The clock just before the chunk was passed to the kernel, in nanoseconds. */
  sentNs: bigint;
}

export interface LoggedRequest {
  /** The `x-request-id` header, or a generated id if there was none. */
  id: string;
  endpoint: string;
  /** When it arrived; for the first request of a connection, when the connection was opened. */
  arrivalNs: bigint;
  /** When the schedule was to send the first and the last chunk; `sentNs` minus that is the simulator’s delay. */
  firstDueNs: bigint | null;
  lastDueNs: bigint | null;
  promptTokens: number;
  cachedTokens: number;
  /** HTTP status; `null` until one is sent. */
  status: number | null;
  fault: string | null;
  chunks: LoggedChunk[];
  endNs: bigint | null;
  ending: Ending | null;
}

/** Lines wait this long for a quiet moment: written at once, they would delay the next requests. */
const WRITE_DELAY_MS = 100;

/** Keeps every request if asked to; with a path, writes each as a line of JSON after its end. */
export class SimulatorLog {
  readonly requests: LoggedRequest[] = [];
  readonly #keeps: boolean;
  #file: NodeJS.WritableStream | null;
  readonly #unwritten: LoggedRequest[] = [];

  constructor(path: string | null, keeps: boolean) {
    this.#keeps = keeps;
    this.#file = path === null ? null : createWriteStream(path, {fd: openSync(path, "a")});
    this.#file?.on("error", ({message}) => {
      console.error(`${path}: ${message}. The log ends here; make room and start the simulator again.`);
      this.#file = null;
    });
  }

  open(id: string, endpoint: string, arrivalNs: bigint): LoggedRequest {
    const request: LoggedRequest = {
      id,
      endpoint,
      arrivalNs,
      firstDueNs: null,
      lastDueNs: null,
      promptTokens: 0,
      cachedTokens: 0,
      status: null,
      fault: null,
      chunks: [],
      endNs: null,
      ending: null
    };
    if (this.#keeps) this.requests.push(request);
    return request;
  }

  finish(request: LoggedRequest, ending: Ending, endNs: bigint): void {
    if (request.ending !== null) return;
    request.ending = ending;
    request.endNs = endNs;
    if (this.#file === null) return;
    this.#unwritten.push(request);
    setTimeout(() => this.#writeOne(), WRITE_DELAY_MS).unref();
  }

  close(): Promise<void> {
    const file = this.#file;
    if (file === null) return Promise.resolve();
    while (this.#unwritten.length > 0) this.#writeOne();
    return new Promise((resolve) => file.end(() => resolve()));
  }

  #writeOne(): void {
    const request = this.#unwritten.shift();
    if (request !== undefined) this.#file?.write(`${toLine(request)}\n`);
  }
}

/** Nanoseconds become decimal strings: a JSON number would lose them after 104 days of uptime. */
function toLine(request: LoggedRequest): string {
  return JSON.stringify(request, (_, value) => (typeof value === "bigint" ? value.toString() : value));
}
