import {nowMs, waitUntil} from "./clock.js";
import type {Speculation} from "./presets.js";
import {type Acceptance, evenAcceptance} from "./speculation.js";
import type {Timing} from "./timing.js";

/** Requests that come within this time of a first one are prefilled with it in one step. */
const PREFILL_WINDOW_MS = 25;

/** One request in this many gets the slow first token that makes the published P99. */
const TAIL_EVERY = 16;

/** Of the newest observation in the running mean. */
const SEND_WEIGHT = 0.3;

/** A server that was held up longer than this goes on from now instead of catching up. */
const CATCH_UP_MS = 250;

export interface EngineOutput {
  tokens: number;
  finishReason: "stop" | "length" | null;
}

export interface SequenceRequest {
  uncachedTokens: number;
  maxTokens: number;
  /** Where the model would end by itself; `null` runs to `maxTokens`. */
  stopAfter: number | null;
  /** When it arrived, on the clock of `nowMs`. */
  arrivalMs: number;
  /** Whether the connection takes more without buffering; only a source without a schedule asks. */
  isWritable: () => boolean;
  /** It got a place in the engine. */
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
  /** Output kept back until then: the API server merges what it has not yet sent. */
  heldUntilMs: number | null;
  heldOutput: EngineOutput;
}

const NOTHING: EngineOutput = {tokens: 0, finishReason: null};

interface PrefillGroup {
  sequences: Sequence[];
  openedMs: number;
}

export interface EngineOptions {
  timing: Timing;
  speculation: Speculation | null;
  maxNumSeqs: number;
  onDraft: (draftTokens: number, acceptedTokens: number) => void;
  random: () => number;
}

/**
 * Continuous batching. Sequences in the engine, prefilling or decoding, share one step time; all that a
 * step yields goes out together. The first tokens of a prefill group leave at the step boundary nearest to
 * their time, or exactly then when nothing decodes. Steps follow an absolute schedule, so lateness does
 * not add up.
 */
export class Engine implements TokenSource {
  readonly #options: EngineOptions;
  readonly #waiting: Sequence[] = [];
  #groups: PrefillGroup[] = [];
  readonly #running = new Set<Sequence>();
  readonly #held = new Set<Sequence>();
  #nextStepMs = 0;
  /** What sending the first output of one sequence takes, as a running mean. */
  #sendMs = 0;
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
      isSlow: this.#submitted++ % TAIL_EVERY === TAIL_EVERY / 2,
      heldUntilMs: null,
      heldOutput: NOTHING
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
      sequence.admittedMs = nowMs();
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

  /**
   * A wave that a client sends at once arrives over some milliseconds because it is read one by one, and its
   * first tokens leave one by one: counted from the first arrival to the middle of the sending, the median
   * TTFT is the published one.
   */
  #readyMs({sequences, openedMs}: PrefillGroup): number {
    const uncached = sequences.reduce((sum, {uncachedTokens}) => sum + uncachedTokens, 0);
    const ttft = this.#options.timing.ttftMs(this.numRunning, uncached, sequences.length);
    return openedMs + Math.max(0, ttft - (this.#sendMs * sequences.length) / 2);
  }

  #nextDueMs(): number | null {
    const [group] = this.#groups;
    const step =
      this.#running.size > 0
        ? this.#nextStepMs
        : group === undefined
          ? Number.POSITIVE_INFINITY
          : this.#readyMs(group);
    let due = step;
    for (const {heldUntilMs} of this.#held) due = Math.min(due, heldUntilMs ?? due);
    return due === Number.POSITIVE_INFINITY ? null : due;
  }

  async #turn(): Promise<void> {
    this.#isTurning = true;
    for (;;) {
      const due = this.#nextDueMs();
      if (due === null) break;
      await waitUntil(due);
      const now = nowMs();
      this.#releaseHeld(now);
      this.#stepIfDue(now);
    }
    this.#isTurning = false;
  }

  #stepIfDue(now: number): void {
    const [group] = this.#groups;
    if (this.#running.size > 0) {
      if (now < this.#nextStepMs) return;
      this.#step(this.#nextStepMs);
    } else if (group !== undefined) {
      const ready = this.#readyMs(group);
      if (now >= ready) this.#step(ready);
    }
  }

  #step(boundaryMs: number): void {
    const {timing} = this.#options;
    const sequences = this.numRunning;
    const slack = this.#running.size > 0 ? timing.stepMs(sequences) / 2 : 0;
    const decoding = [...this.#running];
    const prefilled: Sequence[] = [];
    while (this.#groups[0] !== undefined && this.#readyMs(this.#groups[0]) <= boundaryMs + slack) {
      prefilled.push(...(this.#groups.shift()?.sequences ?? []));
      for (const sequence of prefilled) this.#running.add(sequence);
    }
    const outputs = [
      ...decoding.map((sequence) => ({sequence, output: this.#decode(sequence)})),
      ...prefilled.map((sequence) => ({sequence, output: this.#produce(sequence, 1)}))
    ];
    for (const {sequence, output} of outputs) {
      if (output.finishReason !== null) this.#running.delete(sequence);
    }
    for (const sequence of prefilled) {
      if (!sequence.isSlow) continue;
      const tail = timing.ttftTailMs(sequences);
      if (tail === 0) continue;
      sequence.heldUntilMs = boundaryMs + tail;
      this.#held.add(sequence);
    }
    this.#admitWaiting();
    this.#nextStepMs = boundaryMs + timing.stepMs(Math.max(1, this.numRunning));
    if (nowMs() - this.#nextStepMs > CATCH_UP_MS) this.#nextStepMs = nowMs();
    const startMs = nowMs();
    for (const {sequence, output} of outputs) this.#deliver(sequence, output);
    if (prefilled.length > 0 && decoding.length === 0) {
      this.#sendMs += SEND_WEIGHT * ((nowMs() - startMs) / prefilled.length - this.#sendMs);
    }
  }

  #decode(sequence: Sequence): EngineOutput {
    const {speculation, onDraft} = this.#options;
    if (sequence.acceptance === null || speculation === null) return this.#produce(sequence, 1);
    const accepted = sequence.acceptance(sequence.drafts++);
    onDraft(speculation.draftTokens, accepted);
    return this.#produce(sequence, 1 + accepted);
  }

  #produce(sequence: Sequence, wanted: number): EngineOutput {
    const {maxTokens, stopAfter, produced} = sequence;
    const end = Math.min(maxTokens, stopAfter ?? maxTokens);
    const tokens = Math.min(wanted, end - produced);
    sequence.produced += tokens;
    if (sequence.produced < end) return {tokens, finishReason: null};
    return {tokens, finishReason: stopAfter !== null && stopAfter <= maxTokens ? "stop" : "length"};
  }

  #deliver(sequence: Sequence, output: EngineOutput): void {
    if (sequence.heldUntilMs === null) {
      sequence.onOutput(output);
      return;
    }
    const tokens = sequence.heldOutput.tokens + output.tokens;
    sequence.heldOutput = {tokens, finishReason: output.finishReason};
  }

  #releaseHeld(now: number): void {
    for (const sequence of this.#held) {
      if (sequence.heldUntilMs !== null && sequence.heldUntilMs <= now) this.#release(sequence);
    }
  }

  #release(sequence: Sequence): void {
    const output = sequence.heldOutput;
    this.#held.delete(sequence);
    sequence.heldUntilMs = null;
    sequence.heldOutput = NOTHING;
    sequence.onOutput(output);
  }
}
