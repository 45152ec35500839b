import type {ServerResponse} from "node:http";
import {nowNs} from "./clock.js";
import type {ChunkKind, Ending, LoggedRequest, SimulatorLog} from "./simulator-log.js";

export interface StreamEvent {
  kind: ChunkKind;
  tokens: number;
  text: string;
}

/** Takes the events of one answer. */
export interface EventSink {
  send(event: StreamEvent): void;
  end(ending: Ending): void;
}

/**
 * Server-sent events on the bare socket. Each write is one chunk of the chunked encoding and goes to the kernel at
 * once; Node’s own response would wait for the next tick and join the writes.
 */
export class EventStream implements EventSink {
  readonly #response: ServerResponse;
  readonly #request: LoggedRequest;
  readonly #log: SimulatorLog;
  readonly #eventsPerWrite: number;
  #held: StreamEvent[] = [];

  constructor(response: ServerResponse, request: LoggedRequest, log: SimulatorLog, eventsPerWrite: number) {
    this.#response = response;
    this.#request = request;
    this.#log = log;
    this.#eventsPerWrite = eventsPerWrite;
  }

  open(headers: Record<string, string>): void {
    this.#request.status = 200;
    this.#response.writeHead(200, headers);
    this.#response.flushHeaders();
  }

  get isOpen(): boolean {
    return this.#request.ending === null;
  }

  send(event: StreamEvent): void {
    if (!this.isOpen) return;
    if (this.#eventsPerWrite === 1) {
      this.sendBytes(event, event.text);
      return;
    }
    this.#held.push(event);
    if (this.#held.length >= this.#eventsPerWrite) this.#flush();
  }

  /** Sends bytes that complete the event. */
  sendBytes({kind, tokens}: StreamEvent, bytes: string | Uint8Array): void {
    if (!this.isOpen) return;
    const sentNs = this.write(bytes);
    this.#request.chunks.push({kind, tokens, sentNs});
  }

  /**
   * Sends bytes that are not an event of their own: comments, or the beginning of a split event.
   * @returns when the socket got them
   */
  write(bytes: string | Uint8Array): bigint {
    const {socket} = this.#response;
    // Behind another answer on its connection it has no socket yet, and Node buffers the writes.
    if (socket === null) {
      const keptNs = nowNs();
      if (this.isOpen) this.#response.write(bytes);
      return keptNs;
    }
    const length = Buffer.byteLength(bytes).toString(16);
    const chunk = !this.#response.chunkedEncoding
      ? bytes
      : typeof bytes === "string"
        ? `${length}\r\n${bytes}\r\n`
        : Buffer.concat([Buffer.from(`${length}\r\n`), bytes, Buffer.from("\r\n")]);
    const sentNs = nowNs();
    if (this.isOpen) socket.write(chunk);
    return sentNs;
  }

  end(ending: Ending): void {
    if (!this.isOpen) return;
    this.#flush();
    this.#log.finish(this.#request, ending, nowNs());
    this.#response.end();
  }

  /** Cuts the connection with a TCP reset. */
  reset(): void {
    if (!this.isOpen) return;
    this.#log.finish(this.#request, "fault", nowNs());
    this.#response.socket?.resetAndDestroy();
  }

  #flush(): void {
    if (this.#held.length === 0) return;
    const sentNs = this.write(this.#held.map(({text}) => text).join(""));
    for (const {kind, tokens} of this.#held) this.#request.chunks.push({kind, tokens, sentNs});
    this.#held = [];
  }
}
