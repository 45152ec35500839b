// Sockets that tell when they delivered. undici parses HTTP before its handler hears of the data; the clock is
// read before that, when the socket delivers.

import type {Socket} from "node:net";
import {buildConnector, Pool} from "undici";

const KEEP_ALIVE_MS = 60_000;

/** All sockets read into it, one after the other: each read is taken or copied before the next. */
const landing = Buffer.allocUnsafeSlow(64 * 1024);

/** The sockets that deliver the body of an answer now. */
const inBody = new WeakSet<Socket>();

export class Transport {
  readonly pool: Pool;
  /** performance.now() of the latest delivery: that of the data a handler is being called with. */
  deliveredAt = 0;
  reads = 0;
  socketsOpened = 0;

  /**
   * One connection a request in flight, as many as it takes: no request waits for another's socket.
   * @param insecure accept certificates that cannot be verified
   */
  constructor(origin: string, {insecure = false}: {insecure?: boolean} = {}) {
    const delivered = () => {
      this.deliveredAt = performance.now();
      this.reads++;
    };
    // What TLS has deciphered comes through the stream; there is no read straight from the kernel.
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

  /**
   * For a handler that has all headers: of the body, which is read at once, it gets the bytes where they landed.
   * Of headers undici keeps views until the last is there, so those are copied.
   */
  beginBody(): void {
    if (delivering) inBody.add(delivering);
  }

  /** For a handler whose answer has ended. */
  endBody(): void {
    if (delivering) inBody.delete(delivering);
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}

/** The socket that is delivering, and what undici has not taken of it yet. */
let delivering: Socket | undefined;
let untaken: Buffer | null = null;

/**
 * A read straight from the kernel. A socket that buffers as a stream allocates 64 KiB a read and tells its
 * reader a tick later; this one has undici take the bytes where they landed, before the next read.
 */
function deliver(delivered: () => void) {
  return function (this: Socket, length: number): boolean {
    delivered();
    const bytes = landing.subarray(0, length);
    if (this.readableLength === 0) {
      delivering = this;
      untaken = bytes;
      this.emit("readable");
      delivering = undefined;
      if (untaken === null) return true;
    }
    this.push(Buffer.from(bytes));
    return true;
  };
}

/** Has the socket's reader get what is being delivered; what it gives back is kept beyond that. */
function handOver(socket: Socket): void {
  const read = socket.read.bind(socket);
  socket.read = (size?: number) => {
    if (delivering !== socket) return read(size);
    const bytes = untaken;
    untaken = null;
    return bytes && !inBody.has(socket) ? Buffer.from(bytes) : bytes;
  };
  const unshift = socket.unshift.bind(socket);
  socket.unshift = (bytes: Buffer) => unshift(Buffer.from(bytes));
}
