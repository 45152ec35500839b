// Sends the requests of a point when they are due, watches them, and records them.

import {createRequire} from "node:module";
import {setImmediate as nextTurn} from "node:timers/promises";
import {z} from "zod";
import type {EventColumns} from "../../formats/events.js";
import type {ClientHealth} from "../../formats/run-record.js";
import {readClocks} from "../../machine/clocks.js";
import {collectYoung} from "../../machine/garbage.js";
import type {Host} from "../server/host.js";
import {EventLog} from "../stream/event-log.js";
import {Abort} from "../stream/failure.js";
import {OpenRequest, type RequestResult} from "../stream/open-request.js";
import {drive} from "./drive.js";
import type {PointProgress} from "./progress.js";
import {watchSocketWait} from "./socket-wait.js";
import {Tally} from "./tally.js";
import {watchHealth} from "./watch-health.js";

/** What to send, where to, and when to end early. */
export interface Sending {
  host: Host;
  /** The payload of each request. */
  bodies: readonly string[];
  /** When each is due, in milliseconds from the start, ascending. */
  dueMs: readonly number[];
  /** The start of each x-request-id; the request's index follows. */
  idPrefix: string;
  maxConcurrency: number;
  /** No request is started after this. */
  limitMs: number;
  /** More failures than this stop the run. */
  maxFailures: number;
  keepTexts: boolean;
  signal: AbortSignal;
  onProgress: (progress: PointProgress) => void;
}

/** The outcome of the requests. */
export interface Recorded {
  startedAt: Date;
  /** The clock's zero on CLOCK_MONOTONIC. */
  originNs: bigint;
  durationMs: number;
  /** The results of started requests, by index. */
  results: readonly RequestResult[];
  failed: number;
  hadTooManyFailures: boolean;
  events: EventColumns;
  health: ClientHealth;
}

const UNDICI_VERSION = z
  .object({version: z.string()})
  .parse(createRequire(import.meta.url)("undici/package.json")).version;
const WATCHDOG_MS = 50;
const PROGRESS_MS = 250;
/** Left alone, V8 collects for up to two milliseconds just when requests start, which make most of the garbage. */
const COLLECT_EVERY_MS = 500;

/** Sends each request when it is due; resolves when all sent requests have ended. */
export function record(sending: Sending): Promise<Recorded> {
  return new Recording(sending).run();
}

/** A recording in progress. Its clock, timers and listeners start with it and end with its run. */
class Recording {
  readonly #sending: Sending;
  readonly #log = new EventLog();
  readonly #results: RequestResult[] = [];
  readonly #open = new Set<OpenRequest>();
  readonly #tally = new Tally();
  readonly #tooMany = new AbortController();
  readonly #stop: AbortSignal;
  readonly #before: {sockets: number; reads: number};
  readonly #health: ReturnType<typeof watchHealth>;
  readonly #startedAt: Date;
  readonly #origin: number;
  readonly #originNs: bigint;
  readonly #timers: readonly NodeJS.Timeout[];
  #socketsWaitedFor = 0;

  constructor(sending: Sending) {
    this.#sending = sending;
    const {transport} = sending.host;
    this.#stop = AbortSignal.any([sending.signal, this.#tooMany.signal]);
    this.#before = {sockets: transport.socketsOpened, reads: transport.reads};
    collectYoung();
    this.#health = watchHealth();
    this.#startedAt = new Date();
    const {ms, ns} = readClocks();
    this.#origin = ms;
    this.#originNs = ns;
    this.#stop.addEventListener("abort", this.#abortOpen);
    this.#timers = [
      setInterval(() => this.#checkTimeouts(), WATCHDOG_MS),
      setInterval(collectYoung, COLLECT_EVERY_MS),
      setInterval(() => this.#report(this.#elapsedMs()), PROGRESS_MS)
    ];
  }

  async run(): Promise<Recorded> {
    const {dueMs, maxConcurrency, limitMs} = this.#sending;
    const {started, lagMs} = await drive({
      origin: this.#origin,
      dueMs,
      maxConcurrency,
      durationMs: limitMs,
      start: (index) => this.#send(index),
      signal: this.#stop
    });
    const durationMs = this.#elapsedMs();
    for (const timer of this.#timers) clearInterval(timer);
    this.#stop.removeEventListener("abort", this.#abortOpen);
    const health = this.#healthWith(lagMs);
    this.#report(durationMs);
    return {
      startedAt: this.#startedAt,
      originNs: this.#originNs,
      durationMs,
      results: this.#results.slice(0, started),
      failed: this.#tally.failed,
      hadTooManyFailures: this.#tooMany.signal.aborted,
      events: this.#log.columns(),
      health
    };
  }

  /** Resolves when the request has ended in any way. */
  async #send(index: number): Promise<void> {
    const {host, bodies, idPrefix, keepTexts, maxFailures} = this.#sending;
    const request = new OpenRequest({
      transport: host.transport,
      path: host.path,
      headers: {...host.headers, "x-request-id": `${idPrefix}${index}`},
      body: bodies[index] ?? "",
      log: this.#log,
      index,
      origin: this.#origin,
      timeouts: host.timeouts,
      redact: host.redact
    });
    this.#open.add(request);
    const hasWaited = await watchSocketWait(host.transport, request);
    const result = await request.result;
    // undici frees a socket one turn after its answer; a request sent at once would open another.
    await nextTurn();
    this.#open.delete(request);
    this.#results[index] =
      keepTexts || result.stream.completionTokens === null ? result : {...result, text: ""};
    if (hasWaited(result)) this.#socketsWaitedFor++;
    this.#tally.add(result);
    if (this.#tally.failed > maxFailures) this.#tooMany.abort();
  }

  readonly #abortOpen = (): void => {
    for (const request of this.#open) request.abort(new Abort("stopped", "the run was stopped"));
  };

  #checkTimeouts(): void {
    const now = this.#elapsedMs();
    for (const request of this.#open) request.checkTimeouts(now);
  }

  #report(elapsedMs: number): void {
    const {bodies, limitMs, onProgress} = this.#sending;
    onProgress(this.#tally.progress(bodies.length, elapsedMs, limitMs));
  }

  #elapsedMs(): number {
    return performance.now() - this.#origin;
  }

  #healthWith(lagMs: readonly number[]): ClientHealth {
    const {transport} = this.#sending.host;
    return this.#health({
      lagMs,
      undici_version: UNDICI_VERSION,
      sockets_waited_for: this.#socketsWaitedFor,
      sockets_opened: transport.socketsOpened - this.#before.sockets,
      reads: transport.reads - this.#before.reads
    });
  }
}
