import {quantile} from "../bench/tools/quantile.js";
import type {Clock} from "./clock.js";
import type {Speculation} from "./deployment.js";
import {type Acceptance, evenAcceptance} from "./speculation.js";
import type {Timing} from "./timing.js";

/** Requests that arrive within this time of a first one are prefilled with it in one step. */
const PREFILL_WINDOW_MS = 25;

/**
 * Of every 32 requests, those in these places get the slow first token that makes the P99. After a first single
 * request, they fall within the later waves of 2 to 16, whose connections are already open.
 */
const SLOW_OF = 32;
const SLOW_PLACES: readonly number[] = [19, 27];

/** After a longer delay than this, a server continues from now instead of catching up. */
const CATCH_UP_MS = 250;

export interface EngineOutput {
  tokens: number;
  finishReason: "stop" | "length" | null;
  /** When the schedule is to send it, on the engine’s clock. */
  dueMs: number;
}

export interface SequenceRequest {
  uncachedTokens: number;
  maxTokens: number;
  /** Where the model would stop by itself; `null` runs to `maxTokens`. */
  stopAfter: number | null;
  /** When it arrived, on the engine’s clock. */
  arrivalMs: number;
  /** Whether the connection accepts more without buffering; only a source without a schedule asks. */
  isWritable: () => boolean;
  /** Called when it gets a place in the engine. */
  onAdmitted: () => void;
  onOutput: (output: EngineOutput) => void;
}

/** Turns requests into tokens over time. */
export interface TokenSource {
  readonly numRunning: number;
  readonly numWaiting: number;
  /** Returns a function that aborts the request. */
  submit(request: SequenceRequest): () => void;
}

interface Sequence extends SequenceRequest {
  /** When it got a place in the engine: its arrival, unless it had to wait. */
  admittedMs: number;
  produced: number;
  drafts: number;
  acceptance: Acceptance | null;
  isSlow: boolean;
  /** Output held until it is due: the API server merges what it has not sent yet. */
  held: EngineOutput | null;
}

interface PrefillGroup {
  sequences: Sequence[];
  openedMs: number;
}

interface EngineOptions {
  clock: Pick<Clock, "nowMs" | "waitUntil">;
  timing: Timing;
  speculation: Speculation | null;
  maxNumSeqs: number;
  onDraft: (draftTokens: number, acceptedTokens: number) => void;
  random: () => number;
}

/**
 * Continuous batching. Sequences in the engine, prefilling or decoding, share one step time; everything that a step
 * yields goes out together. While others decode, the first tokens of a prefill group leave at the step boundary
 * nearest to their time. When nothing decodes, each leaves at its own time, and the steps count from their median,
 * because a wave that a client sends at once arrives one by one, over some milliseconds. Steps follow an absolute
 * schedule, so that delays do not add up.
 */
export class Engine implements TokenSource {
  readonly #options: EngineOptions;
  readonly #waiting: Sequence[] = [];
  #groups: PrefillGroup[] = [];
  readonly #running = new Set<Sequence>();
  readonly #held = new Set<Sequence>();
  #nextStepMs = 0;
  #submitted = 0;
  #isTurning = false;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  get numRunning(): number {
    return this.#running.size + this.#groups.reduce((sum, {sequences}) => sum + sequences.length, 0);
  }

  get numWaiting(): number {
    return this.#waiting.length;
  }

  submit(request: SequenceRequest): () => void {
    const {speculation, random} = this.#options;
    const sequence: Sequence = {
      ...request,
      admittedMs: request.arrivalMs,
      produced: 0,
      drafts: 0,
      acceptance: speculation === null ? null : evenAcceptance(speculation, random()),
      isSlow: SLOW_PLACES.includes(this.#submitted++ % SLOW_OF),
      held: null
    };
    if (this.numRunning < this.#options.maxNumSeqs) this.#admit(sequence);
    else this.#waiting.push(sequence);
    if (!this.#isTurning) void this.#turn();
    return () => this.#remove(sequence);
  }

  #admit(sequence: Sequence): void {
    sequence.onAdmitted();
    const last = this.#groups.at(-1);
    if (last !== undefined && sequence.admittedMs - last.openedMs <= PREFILL_WINDOW_MS)
      last.sequences.push(sequence);
    else this.#groups.push({sequences: [sequence], openedMs: sequence.admittedMs});
  }

  #admitWaiting(): void {
    while (this.numRunning < this.#options.maxNumSeqs) {
      const sequence = this.#waiting.shift();
      if (sequence === undefined) return;
      sequence.admittedMs = this.#options.clock.nowMs();
      this.#admit(sequence);
    }
  }

  #remove(sequence: Sequence): void {
    this.#running.delete(sequence);
    this.#held.delete(sequence);
    const waiting = this.#waiting.indexOf(sequence);
    if (waiting !== -1) this.#waiting.splice(waiting, 1);
    for (const group of this.#groups) {
      const at = group.sequences.indexOf(sequence);
      if (at !== -1) group.sequences.splice(at, 1);
    }
    this.#groups = this.#groups.filter(({sequences}) => sequences.length > 0);
    this.#admitWaiting();
  }

  #ttftMs({sequences}: PrefillGroup): number {
    const uncached = sequences.reduce((sum, {uncachedTokens}) => sum + uncachedTokens, 0);
    return this.#options.timing.ttftMs(this.numRunning, uncached, sequences.length);
  }

  /** The median time at which the first tokens of the group are due. */
  #readyMs(group: PrefillGroup): number {
    const admittedMs = group.sequences.map((sequence) => sequence.admittedMs).sort((a, b) => a - b);
    return quantile(admittedMs, 0.5) + this.#ttftMs(group);
  }

  /** When the engine next acts by itself: at a step or, while nothing decodes, at the earliest first token. */
  #actsAtMs(): number {
    const [group] = this.#groups;
    if (this.#running.size > 0) return this.#nextStepMs;
    if (group === undefined) return Number.POSITIVE_INFINITY;
    return Math.min(...group.sequences.map(({admittedMs}) => admittedMs)) + this.#ttftMs(group);
  }

  #nextDueMs(): number {
    let due = this.#actsAtMs();
    for (const {held} of this.#held) due = Math.min(due, held?.dueMs ?? due);
    return due;
  }

  async #turn(): Promise<void> {
    const {clock} = this.#options;
    this.#isTurning = true;
    for (let due = this.#nextDueMs(); due < Number.POSITIVE_INFINITY; due = this.#nextDueMs()) {
      await clock.waitUntil(due);
      const now = clock.nowMs();
      this.#releaseHeld(now);
      if (now >= this.#actsAtMs()) this.#step();
    }
    this.#isTurning = false;
  }

  #step(): void {
    const {timing, clock} = this.#options;
    const sequences = this.numRunning;
    const decoding = [...this.#running];
    const [group] = this.#groups;
    const starts = decoding.length === 0 && group !== undefined;
    const boundaryMs = starts ? this.#readyMs(group) : this.#nextStepMs;
    const prefilled = this.#takePrefilled(starts ? boundaryMs : boundaryMs + timing.stepMs(sequences) / 2);
    const outputs = [
      ...decoding.map((sequence) => ({sequence, output: this.#decode(sequence, boundaryMs)})),
      ...prefilled.map(({sequence}) => ({sequence, output: this.#produce(sequence, 1, boundaryMs)}))
    ];
    for (const {sequence, output} of outputs) {
      if (output.finishReason !== null) this.#running.delete(sequence);
    }
    for (const {sequence, readyMs} of prefilled) {
      const tail = sequence.isSlow ? timing.ttftTailMs(sequences) : 0;
      if (starts || tail > 0) this.#hold(sequence, (starts ? readyMs : boundaryMs) + tail);
    }
    this.#admitWaiting();
    const stepMs = timing.stepMs(Math.max(1, this.numRunning));
    const nextMs = boundaryMs + stepMs - (starts ? timing.batchMs(sequences) : 0);
    const now = clock.nowMs();
    this.#nextStepMs = now - nextMs > CATCH_UP_MS ? now : nextMs;
    for (const {sequence, output} of outputs) this.#deliver(sequence, output);
    this.#releaseHeld(now);
  }

  /** Turns the groups that are ready by then into running sequences, and says when each is ready by itself. */
  #takePrefilled(untilMs: number): {sequence: Sequence; readyMs: number}[] {
    const taken: {sequence: Sequence; readyMs: number}[] = [];
    for (let [group] = this.#groups; group && this.#readyMs(group) <= untilMs; [group] = this.#groups) {
      const ttft = this.#ttftMs(group);
      taken.push(...group.sequences.map((sequence) => ({sequence, readyMs: sequence.admittedMs + ttft})));
      for (const sequence of group.sequences) this.#running.add(sequence);
      this.#groups.shift();
    }
    return taken;
  }

  #decode(sequence: Sequence, dueMs: number): EngineOutput {
    const {speculation, onDraft} = this.#options;
    if (sequence.acceptance === null || speculation === null) return this.#produce(sequence, 1, dueMs);
    const accepted = sequence.acceptance(sequence.drafts++);
    onDraft(speculation.draftTokens, accepted);
    return this.#produce(sequence, 1 + accepted, dueMs);
  }

  #produce(sequence: Sequence, wanted: number, dueMs: number): EngineOutput {
    const {maxTokens, stopAfter, produced} = sequence;
    const end = Math.min(maxTokens, stopAfter ?? maxTokens);
    const tokens = Math.min(wanted, end - produced);
    sequence.produced += tokens;
    if (sequence.produced < end) return {tokens, finishReason: null, dueMs};
    return {tokens, finishReason: stopAfter !== null && stopAfter <= maxTokens ? "stop" : "length", dueMs};
  }

  #hold(sequence: Sequence, untilMs: number): void {
    sequence.held = {tokens: 0, finishReason: null, dueMs: untilMs};
    this.#held.add(sequence);
  }

  #deliver(sequence: Sequence, output: EngineOutput): void {
    const {held} = sequence;
    if (held === null) sequence.onOutput(output);
    else sequence.held = {...held, tokens: held.tokens + output.tokens, finishReason: output.finishReason};
  }

  #releaseHeld(now: number): void {
    for (const sequence of this.#held) {
      const {held} = sequence;
      if (held === null || held.dueMs > now) continue;
      this.#held.delete(sequence);
      sequence.held = null;
      sequence.onOutput(held);
    }
  }
}
