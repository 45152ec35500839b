// Reads the stream of one answer into the event log as it arrives.

import {z} from "zod";
import {bearsOutput, KIND, MOST_TOKENS, TOKENS_UNKNOWN} from "../../formats/events.js";
import {jsonOr} from "../../formats/parse-json.js";
import {ChunkScanner} from "./chunk-scanner.js";
import type {EventLog} from "./event-log.js";
import {EventPattern} from "./event-pattern.js";
import {CR, LF, LineSplitter} from "./line-splitter.js";

/** A token count; an impossible one is treated as missing. */
const Count = z.int().min(0).max(MOST_TOKENS).nullish().catch(null);
const Usage = z.looseObject({
  prompt_tokens: Count,
  completion_tokens: Count,
  prompt_tokens_details: z.looseObject({cached_tokens: Count}).nullish().catch(null)
});
const Chunk = z.looseObject({usage: Usage.nullish()});
/** The message of an error object, or the whole object if it has no message where vLLM and OpenAI put it. */
const StreamError = z.union([
  z.looseObject({error: z.looseObject({message: z.string()})}).transform(({error}) => error.message),
  z.looseObject({error: z.string().min(1)}).transform(({error}) => error),
  z.looseObject({object: z.literal("error"), message: z.string()}).transform(({message}) => message),
  z.looseObject({error: z.unknown().refine(Boolean)}).transform(({error}) => JSON.stringify(error)),
  z.looseObject({object: z.literal("error")}).transform((error) => JSON.stringify(error))
]);
const ErrorData = z.union([StreamError, z.looseObject({message: z.string()}).transform((e) => e.message)]);

/** The outcome of a stream; counts are `null` if the server gave none. */
export interface StreamOutcome {
  promptTokens: number | null;
  completionTokens: number | null;
  cachedTokens: number | null;
  finishReason: string | null;
  /** Events with text or a tool call. */
  contentEvents: number;
  /** When the first of them arrived, on the run's clock. */
  firstContentMs: number | null;
  /** Number of server-sent events of any kind. */
  events: number;
  done: boolean;
  /** The message of an error object in the stream. */
  error: string | null;
  /** The first event that is not JSON, shortened. */
  malformed: string | null;
}

const SPACE = 0x20;

const scanner = new ChunkScanner();

export class StreamReader {
  readonly outcome: StreamOutcome = {
    promptTokens: null,
    completionTokens: null,
    cachedTokens: null,
    finishReason: null,
    contentEvents: 0,
    firstContentMs: null,
    events: 0,
    done: false,
    error: null,
    malformed: null
  };

  readonly #log: EventLog;
  readonly #request: number;
  readonly #logStart: number;
  readonly #lines = new LineSplitter();
  readonly #pattern = new EventPattern();
  readonly #onLine = (bytes: Buffer, start: number, end: number) => this.#line(bytes, start, end);
  #timeMs = 0;
  #counted = 0;
  /** The total number of tokens according to the latest chunk with a count. */
  #lastCount = 0;
  /** Whether any event carried a count, and whether any output came without one. */
  #hasCount = false;
  #hasUncounted = false;
  /** The data lines of an event with more than one. */
  #pending: string[] = [];
  #isErrorEvent = false;
  #text = Buffer.allocUnsafe(256);
  #textLength = 0;

  constructor(log: EventLog, request: number) {
    this.#log = log;
    this.#request = request;
    this.#logStart = log.length;
  }

  /**
   * Reads `bytes[start, end)` and keeps no view of them.
   * @param timeMs when the socket delivered them, on the run's clock
   */
  read(bytes: Buffer, start: number, end: number, timeMs: number): void {
    this.#timeMs = timeMs;
    const isWithinEvent = this.#lines.isWithinLine || this.#pending.length > 0 || this.#isErrorEvent;
    const rest = isWithinEvent ? start : this.#known(bytes, start, end);
    if (rest < end) this.#lines.push(bytes, rest, end, this.#onLine);
  }

  end(timeMs: number): void {
    this.#timeMs = timeMs;
    this.#lines.end(this.#onLine);
    this.#dispatch();
    if (this.#hasCount && !this.countedByChunk) this.#log.forgetTokens(this.#request, this.#logStart);
  }

  /** The text of the content, kept only until the request ends. */
  text(): string {
    try {
      return z.string().parse(JSON.parse(`"${this.#text.toString("utf8", 0, this.#textLength)}"`));
    } catch {
      return "";
    }
  }

  /** Whether the server counted the tokens of every chunk with output, and its final count agrees with them. */
  get countedByChunk(): boolean {
    return this.#hasCount && !this.#hasUncounted && this.outcome.completionTokens === this.#lastCount;
  }

  /** Reads events that match an earlier one; returns the start of the first that does not. */
  #known(bytes: Buffer, start: number, end: number): number {
    let at = start;
    while (true) {
      const next = this.#pattern.endOf(bytes, at, end);
      if (next === -1) return at;
      this.#keep(bytes, this.#pattern.textStart, this.#pattern.textEnd);
      this.#add(KIND.content, this.#tokensUpTo(this.#pattern.completionTokens));
      at = next;
    }
  }

  #line(bytes: Buffer, start: number, end: number): void {
    if (start === end) this.#dispatch();
    else if (isData(bytes, start, end)) this.#data(bytes, start, end);
    else if (isErrorEvent(bytes, start, end)) this.#isErrorEvent = true;
    else if (this.outcome.events === 0 && hasByteOrderMark(bytes, start)) this.#line(bytes, start + 3, end);
  }

  #data(bytes: Buffer, lineStart: number, end: number): void {
    const start = bytes[lineStart + 5] === SPACE ? lineStart + 6 : lineStart + 5;
    if (this.#pending.length > 0 || this.#isErrorEvent)
      this.#pending.push(bytes.toString("utf8", start, end));
    else if (scanner.scan(bytes, start, end)) {
      this.#learn(bytes, lineStart, end);
      this.#scanned(bytes, start, end);
    } else if (isDone(bytes, start, end)) {
      this.outcome.done = true;
      this.#add(KIND.done, 0);
    } else {
      const text = bytes.toString("utf8", start, end);
      const parsed = jsonOr(text, undefined);
      if (parsed === undefined) this.#pending.push(text);
      else this.#parsed(parsed);
    }
  }

  #scanned(bytes: Buffer, start: number, end: number): void {
    const {kind, completionTokens, promptTokens, textStart, textEnd, finishStart, finishEnd} = scanner;
    if (finishEnd > finishStart) this.outcome.finishReason = bytes.toString("utf8", finishStart, finishEnd);
    if (textEnd > textStart) this.#keep(bytes, textStart, textEnd);
    if (kind === KIND.usage) {
      this.#parsed(jsonOr(bytes.toString("utf8", start, end), undefined));
      return;
    }
    if (completionTokens !== -1 && promptTokens !== -1 && promptTokens <= MOST_TOKENS)
      this.outcome.promptTokens = promptTokens;
    if (kind === KIND.role || kind === KIND.empty) {
      this.#note(completionTokens);
      this.#add(kind, 0);
      return;
    }
    this.#add(kind, this.#tokensUpTo(completionTokens));
  }

  /**
   * The tokens of a chunk with output, from its count of all tokens so far (-1 if it has none). They include tokens
   * whose own chunks had no output, such as half a character. Unknown if output came without a count.
   */
  #tokensUpTo(completionTokens: number): number {
    if (!this.#note(completionTokens)) return TOKENS_UNKNOWN;
    const tokens = completionTokens - this.#counted;
    if (tokens < 0) this.#hasUncounted = true;
    this.#counted = completionTokens;
    return this.#hasUncounted ? TOKENS_UNKNOWN : tokens;
  }

  /** Notes a count of all tokens so far; false if the number cannot be one. */
  #note(completionTokens: number): boolean {
    if (completionTokens === -1 || completionTokens > MOST_TOKENS) return false;
    this.#hasCount = true;
    this.#lastCount = completionTokens;
    this.outcome.completionTokens = completionTokens;
    return true;
  }

  /** Learns the pattern of the event just scanned, if it is content and has one line. */
  #learn(bytes: Buffer, lineStart: number, lineEnd: number): void {
    const {kind, textStart, textEnd, finishStart, finishEnd, completion, total} = scanner;
    if (kind !== KIND.content || textEnd === textStart || finishEnd > finishStart) return;
    const blankEnd = afterLineEnd(bytes, afterLineEnd(bytes, lineEnd));
    if (blankEnd === -1) return;
    const event = {start: lineStart, end: blankEnd};
    const text = {start: textStart, end: textEnd};
    const counts = [completion, total]
      .filter(({start, end}) => start < end)
      .sort((a, b) => a.start - b.start);
    if (counts.every(({start}) => start >= textEnd))
      this.#pattern.learn(bytes, event, text, counts, completion);
  }

  #keep(bytes: Buffer, start: number, end: number): void {
    const needed = this.#textLength + end - start;
    if (needed > this.#text.length) {
      const larger = Buffer.allocUnsafe(2 * needed);
      this.#text.copy(larger, 0, 0, this.#textLength);
      this.#text = larger;
    }
    for (let i = start; i < end; i++) this.#text[this.#textLength++] = bytes[i] ?? 0;
  }

  /** Handles a usage chunk, an error, or JSON of an unexpected shape. */
  #parsed(document: unknown): void {
    const error = StreamError.safeParse(document);
    const usage = Chunk.safeParse(document).data?.usage;
    if (error.success) {
      this.outcome.error ??= error.data;
      this.#add(KIND.error, 0);
    } else if (usage) {
      this.outcome.promptTokens = usage.prompt_tokens ?? this.outcome.promptTokens;
      this.outcome.completionTokens = usage.completion_tokens ?? this.outcome.completionTokens;
      this.outcome.cachedTokens = usage.prompt_tokens_details?.cached_tokens ?? this.outcome.cachedTokens;
      this.#add(KIND.usage, 0);
    } else this.#add(KIND.other, 0);
  }

  /** Ends an event at an empty line. Its data lines together are JSON, or malformed. */
  #dispatch(): void {
    const isErrorEvent = this.#isErrorEvent;
    this.#isErrorEvent = false;
    if (this.#pending.length === 0) return;
    const text = this.#pending.join("\n");
    this.#pending = [];
    if (text === "" && !isErrorEvent) return;
    const bytes = Buffer.from(text);
    const parsed = jsonOr(text, undefined);
    if (isErrorEvent) {
      this.outcome.error ??= ErrorData.safeParse(parsed).data ?? text;
      this.#add(KIND.error, 0);
    } else if (scanner.scan(bytes, 0, bytes.length)) this.#scanned(bytes, 0, bytes.length);
    else if (parsed !== undefined) this.#parsed(parsed);
    else {
      this.outcome.malformed ??= text.slice(0, 80);
      this.#add(KIND.malformed, 0);
    }
  }

  #add(kind: number, tokens: number): void {
    this.outcome.events++;
    if (bearsOutput(kind)) {
      if (this.outcome.contentEvents++ === 0) this.outcome.firstContentMs = this.#timeMs;
      if (tokens === TOKENS_UNKNOWN) this.#hasUncounted = true;
    }
    this.#log.add(this.#request, this.#timeMs, kind, tokens);
  }
}

/** The index after the LF or CRLF at `at`; -1 if there is none. */
function afterLineEnd(bytes: Buffer, at: number): number {
  const lf = bytes[at] === CR ? at + 1 : at;
  return at !== -1 && bytes[lf] === LF ? lf + 1 : -1;
}

function isData(b: Buffer, start: number, end: number): boolean {
  return (
    end - start >= 5 &&
    b[start] === 0x64 &&
    b[start + 1] === 0x61 &&
    b[start + 2] === 0x74 &&
    b[start + 3] === 0x61 &&
    b[start + 4] === 0x3a
  );
}

function isErrorEvent(b: Buffer, start: number, end: number): boolean {
  return b[start] === 0x65 && /^event: ?error\s*$/.test(b.toString("latin1", start, end));
}

function hasByteOrderMark(b: Buffer, start: number): boolean {
  return b[start] === 0xef && b[start + 1] === 0xbb && b[start + 2] === 0xbf;
}

function isDone(b: Buffer, start: number, end: number): boolean {
  return end - start <= 8 && b.toString("latin1", start, end).trim() === "[DONE]";
}
