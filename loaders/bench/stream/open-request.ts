// Sends one measured request, reads its answer to the end, and judges it.

import type {Dispatcher} from "undici";
import type {EventLog} from "./event-log.js";
import {Abort, type Failure, failure, failureOf, statusFailure} from "./failure.js";
import {type StreamOutcome, StreamReader} from "./stream-reader.js";
import type {AnswerReader, Transport} from "./transport.js";

export interface Timeouts {
  /** Limit from the start of the request to its first output. */
  firstTokenMs: number;
  /** Limit between two later events. */
  chunkMs: number;
  /** Limit for the whole request. */
  requestMs: number;
}

export interface RequestResult {
  startMs: number;
  sentMs: number | null;
  firstByteMs: number | null;
  endMs: number;
  status: number | null;
  stream: StreamOutcome;
  countedByChunk: boolean;
  text: string;
  failure: Failure | null;
}

const ERROR_BODY_BYTES = 64 * 1024;

interface RequestOptions {
  transport: Transport;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  log: EventLog;
  index: number;
  /** performance.now() at the run's zero. */
  origin: number;
  timeouts: Timeouts;
  /** Removes secrets that a server may have echoed. */
  redact: (text: string) => string;
}

/** A request in flight. It reads the answer; the watchdog and Ctrl-C can end it. */
export class OpenRequest implements AnswerReader {
  readonly result: Promise<RequestResult>;

  readonly #options: RequestOptions;
  readonly #stream: StreamReader;
  readonly #startMs: number;
  #resolve: (result: RequestResult) => void = () => {};
  #controller: Dispatcher.DispatchController | null = null;
  #abort: Abort | null = null;
  #sentMs: number | null = null;
  #firstByteMs: number | null = null;
  #lastEventMs: number | null = null;
  #status: number | null = null;
  #isStream = false;
  #contentType = "";
  #retryAfter: string | null = null;
  #location: string | null = null;
  #errorBody = "";

  constructor(options: RequestOptions) {
    this.#options = options;
    this.#stream = new StreamReader(options.log, options.index);
    this.result = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#startMs = this.#now();
    const {transport, path, headers, body} = options;
    transport.dispatch({path, method: "POST", headers: {...headers}, body}, this);
  }

  /** Whether a socket has taken it. */
  get isSent(): boolean {
    return this.#sentMs !== null;
  }

  /** Ends the request if it exceeds one of its timeouts. */
  checkTimeouts(nowMs: number): void {
    const {firstTokenMs, chunkMs, requestMs} = this.#options.timeouts;
    if (nowMs - this.#startMs > requestMs) {
      this.abort(new Abort("timeout_request", `not finished after ${requestMs / 1000} s`));
    } else if (this.#lastEventMs === null || this.#stream.outcome.contentEvents === 0) {
      if (nowMs - this.#startMs > firstTokenMs) {
        this.abort(new Abort("timeout_first_token", `no token after ${firstTokenMs / 1000} s`));
      }
    } else if (nowMs - this.#lastEventMs > chunkMs) {
      this.abort(new Abort("timeout_chunk", `no chunk for ${chunkMs / 1000} s`));
    }
  }

  abort(reason: Abort): void {
    if (this.#abort) return;
    this.#abort = reason;
    if (this.#controller) this.#controller.abort(reason);
  }

  onStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#abort) controller.abort(this.#abort);
    this.#sentMs = this.#now();
  }

  onHeaders(status: number, headers: Readonly<Record<string, string | string[] | undefined>>): void {
    if (status < 200) return;
    this.#firstByteMs = this.#delivered();
    this.#status = status;
    this.#contentType = String(headers["content-type"] ?? "");
    const encoding = String(headers["content-encoding"] ?? "identity");
    const isPlain = encoding.toLowerCase() === "identity";
    this.#isStream = isPlain && this.#contentType.toLowerCase().startsWith("text/event-stream");
    if (!isPlain) this.#contentType += `, encoded as ${encoding}`;
    const {"retry-after": retryAfter, location} = headers;
    this.#retryAfter = typeof retryAfter === "string" ? retryAfter : null;
    this.#location = typeof location === "string" ? location : null;
  }

  onData(bytes: Buffer, start: number, end: number): void {
    if (this.#status === 200 && this.#isStream) {
      const at = this.#delivered();
      const {outcome} = this.#stream;
      const before = outcome.events;
      this.#stream.read(bytes, start, end, at);
      if (outcome.events > before) this.#lastEventMs = at;
    } else if (this.#errorBody.length < ERROR_BODY_BYTES) {
      this.#errorBody += bytes.toString("utf8", start, end);
    }
  }

  onEnd(): void {
    const at = this.#delivered();
    this.#stream.end(at);
    this.#finish(at, this.#judge());
  }

  onError(error: Error): void {
    const {error: said} = this.#stream.outcome;
    const stopped = this.#abort?.kind === "stopped";
    // A dying engine says why before its connection breaks.
    const failed = said === null || stopped ? failureOf(this.#abort ?? error) : failure("stream_error", said);
    this.#finish(this.#now(), failed);
  }

  #judge(): Failure | null {
    const {error, malformed, done, contentEvents, finishReason} = this.#stream.outcome;
    if (this.#status !== 200) {
      const headers = {retryAfter: this.#retryAfter, location: this.#location};
      return statusFailure(this.#status ?? 0, this.#errorBody, headers);
    }
    if (!this.#isStream) {
      const type = this.#contentType || "no content type";
      return failure("not_a_stream", `the answer is ${type}, not text/event-stream`);
    }
    if (error !== null) return failure("stream_error", error);
    if (finishReason === "abort" || finishReason === "error")
      return failure("stream_error", `the server gave up the answer (finish_reason ${finishReason})`);
    if (malformed !== null) return failure("malformed", `an event is not JSON: ${malformed}`);
    if (!done) return failure("truncated", "the stream ended without [DONE]");
    if (contentEvents === 0) return failure("no_content", "the stream held no text");
    return null;
  }

  #finish(endMs: number, failed: Failure | null): void {
    const {redact} = this.#options;
    this.#resolve({
      startMs: this.#startMs,
      sentMs: this.#sentMs,
      firstByteMs: this.#firstByteMs,
      endMs,
      status: this.#status,
      stream: this.#stream.outcome,
      countedByChunk: this.#stream.countedByChunk,
      text: this.#stream.text(),
      failure: failed && {...failed, message: redact(failed.message)}
    });
  }

  #delivered(): number {
    return this.#options.transport.deliveredAt - this.#options.origin;
  }

  #now(): number {
    return performance.now() - this.#options.origin;
  }
}
