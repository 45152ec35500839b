// Sockets that record when data arrived. undici parses HTTP before its handler sees the data; here the clock is read
// earlier, when the socket delivers. Most reads of a stream are only whole chunks of HTTP/1.1. Those go straight to the
// reader of the answer: undici is waiting between two chunks and does not need to know about them.

import type {Socket} from "node:net";
import {buildConnector, type Dispatcher, Pool} from "undici";
import {dataOfChunks} from "./chunked.js";

const KEEP_ALIVE_MS = 60_000;

/** All sockets read into this buffer in turn: each read is used or copied before the next. */
const landing = Buffer.allocUnsafeSlow(64 * 1024);

const ANSWER = Symbol("answer");

/** A socket, with the answer whose body it is delivering. */
interface Connection extends Socket {
  [ANSWER]?: Answer | undefined;
}

/** The reader of an answer. */
export interface AnswerReader {
  /** Called once a socket has taken the request. */
  onStart(controller: Dispatcher.DispatchController): void;
  onHeaders(status: number, headers: Readonly<Record<string, string | string[] | undefined>>): void;
  /** `bytes[start, end)` belong to the body, and are valid only during the call. */
  onData(bytes: Buffer, start: number, end: number): void;
  onEnd(): void;
  onError(error: Error): void;
}

export class Transport {
  readonly pool: Pool;
  /** performance.now() of the latest delivery, whose data a reader is being given. */
  deliveredAt = 0;
  reads = 0;
  socketsOpened = 0;

  /**
   * Opens a connection for each request in flight, so that no request waits for another's socket.
   * @param insecure accept certificates that cannot be verified
   */
  constructor(origin: string, {insecure = false}: {insecure?: boolean} = {}) {
    const delivered = () => {
      this.deliveredAt = performance.now();
      this.reads++;
    };
    // TLS delivers decrypted data through the stream; it cannot be read straight from the kernel.
    const isSecure = new URL(origin).protocol === "https:";
    const connect = buildConnector({
      rejectUnauthorized: !insecure,
      timeout: 10_000,
      ...(!isSecure && {onread: {buffer: landing, callback: deliver(delivered)}})
    });
    this.pool = new Pool(origin, {
      connections: null,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connect: (options, callback) => {
        connect(options, (...result) => {
          if (result[1]) {
            this.socketsOpened++;
            result[1].setNoDelay(true);
            if (isSecure) result[1].on("readable", delivered);
            else handOver(result[1]);
          }
          callback(...result);
        });
      }
    });
  }

  dispatch(options: Dispatcher.DispatchOptions, reader: AnswerReader): void {
    this.pool.dispatch(options, new Answer(reader));
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}

/** The delivering socket, and what undici has not yet taken from it. */
let delivering: Connection | undefined;
let untaken: Buffer | null = null;

type Controller = Dispatcher.DispatchController;

/** Passes data from undici or the socket to one reader. */
class Answer implements Dispatcher.DispatchHandler {
  readonly #reader: AnswerReader;
  #controller: Controller | undefined;
  #socket: Connection | undefined;
  /** The end in `landing` of the data that undici passed last; -1 if none. */
  #dataEnd = -1;
  /** Whether undici has read a chunk to its end and nothing of the next. */
  #isBetweenChunks = false;

  constructor(reader: AnswerReader) {
    this.#reader = reader;
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    this.#reader.onStart(controller);
  }

  onResponseStart(
    _: Controller,
    status: number,
    headers: Record<string, string | string[] | undefined>
  ): void {
    if (status >= 200 && delivering !== undefined) {
      this.#socket = delivering;
      delivering[ANSWER] = this;
    }
    this.#reader.onHeaders(status, headers);
  }

  onResponseData(_: Controller, bytes: Buffer): void {
    if (bytes.buffer === landing.buffer) this.#dataEnd = bytes.byteOffset + bytes.length;
    this.#reader.onData(bytes, 0, bytes.length);
  }

  onResponseEnd(): void {
    if (this.#socket) this.#socket[ANSWER] = undefined;
    this.#reader.onEnd();
  }

  onResponseError(_: Controller, error: Error): void {
    this.#reader.onError(error);
  }

  /** Passes on the `length` bytes that landed, if they are whole chunks and undici expects a chunk. */
  takes(length: number): boolean {
    const spans = this.#isBetweenChunks ? dataOfChunks(landing, length) : undefined;
    const controller = this.#controller;
    if (spans === undefined || controller === undefined) {
      this.#isBetweenChunks = false;
      this.#dataEnd = -1;
      return false;
    }
    try {
      for (let i = 0; i < spans.length && !controller.aborted; i += 2)
        this.#reader.onData(landing, spans[i] ?? 0, spans[i + 1] ?? 0);
    } catch (error) {
      controller.abort(error instanceof Error ? error : new Error(String(error)));
    }
    return true;
  }

  /** Called after undici has taken a read. Two bytes after the data that are not body end a chunk. */
  undiciTook(length: number): void {
    this.#isBetweenChunks = this.#dataEnd === length - 2;
  }
}

/**
 * Reads straight from the kernel. A socket that buffers as a stream allocates 64 KiB for each read and tells its
 * reader a tick later; here the bytes are used where they landed, before the next read.
 */
function deliver(delivered: () => void) {
  return function (this: Connection, length: number): boolean {
    delivered();
    if (this.readableLength === 0) {
      const answer = this[ANSWER];
      if (answer?.takes(length)) return true;
      delivering = this;
      untaken = landing.subarray(0, length);
      this.emit("readable");
      delivering = undefined;
      if (untaken === null) {
        answer?.undiciTook(length);
        return true;
      }
    }
    this.push(Buffer.from(landing.subarray(0, length)));
    return true;
  };
}

/** Lets the socket's reader read what is being delivered; what it puts back is kept for later. */
function handOver(socket: Connection): void {
  const read = socket.read.bind(socket);
  socket.read = (size?: number) => {
    if (delivering !== socket) return read(size);
    const bytes = untaken;
    untaken = null;
    // undici keeps views of headers until the last one arrives, so headers are copied.
    return bytes && !socket[ANSWER] ? Buffer.from(bytes) : bytes;
  };
  const unshift = socket.unshift.bind(socket);
  socket.unshift = (bytes: Buffer) => unshift(Buffer.from(bytes));
}
