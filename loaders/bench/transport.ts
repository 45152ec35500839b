// Sockets that tell when they delivered. undici parses HTTP before its handler hears of the data; the clock is
// read before that, when the socket becomes readable.

import {buildConnector, Pool} from "undici";

const KEEP_ALIVE_MS = 60_000;

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
    const connect = buildConnector({rejectUnauthorized: !insecure, timeout: 10_000});
    const onReadable = () => {
      this.deliveredAt = performance.now();
      this.reads++;
    };
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
            result[1].on("readable", onReadable);
          }
          callback(...result);
        });
      }
    });
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}
