// Classifies a streamed JSON chunk in one pass over its bytes. A chunk takes about 10 µs of processor time. Splitting
// and JSON.parse would take 2.6 µs and leave an object to collect; this takes 0.6 to 0.9 µs.

import {KIND} from "../../formats/events.js";
import type {Span} from "./event-pattern.js";
import {endOfNumber, endOfString, endOfWord} from "./json-scalar.js";

const QUOTE = 0x22;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COLON = 0x3a;
const COMMA = 0x2c;
const SPACE = 0x20;
const LETTER_F = 0x66;
const LETTER_N = 0x6e;

const FAILED = -1;

/** Deeper values are left to JSON.parse. */
const MAX_DEPTH = 32;

const key = (name: string) => Uint8Array.from(Buffer.from(name));
const CHOICES = key("choices");
const USAGE = key("usage");
const ERROR = key("error");
const DELTA = key("delta");
const TEXT = key("text");
const FINISH_REASON = key("finish_reason");
const ROLE = key("role");
const CONTENT = key("content");
const REASONING = key("reasoning");
const REASONING_CONTENT = key("reasoning_content");
const TOOL_CALLS = key("tool_calls");
const COMPLETION_TOKENS = key("completion_tokens");
const PROMPT_TOKENS = key("prompt_tokens");
const TOTAL_TOKENS = key("total_tokens");

/** One instance serves any number of streams, because {@link scan} overwrites every field. */
export class ChunkScanner {
  /** Code of an EventKind. */
  kind: number = KIND.other;
  /** `usage.completion_tokens` and `usage.prompt_tokens`; -1 if the chunk has none. */
  completionTokens = -1;
  promptTokens = -1;
  /** The places of the counts that grow with each chunk; empty if it has none. */
  readonly completion: Span = {start: 0, end: 0};
  readonly total: Span = {start: 0, end: 0};
  /** The place of the content's text, still escaped, without its quotes. */
  textStart = 0;
  textEnd = 0;
  /** The place of the finish reason; empty if it is null. */
  finishStart = 0;
  finishEnd = 0;

  #bytes: Uint8Array = new Uint8Array();
  #end = 0;
  #hasChoice = false;
  #hasUsage = false;
  #rank = 0;

  /**
   * Reads the JSON object in `bytes[start, end)`. Returns false if the scan cannot decide (an error, an unknown shape,
   * invalid JSON): then parse the object.
   */
  scan(bytes: Uint8Array, start: number, end: number): boolean {
    this.#bytes = bytes;
    this.#end = end;
    this.completionTokens = -1;
    this.promptTokens = -1;
    this.completion.start = this.completion.end = 0;
    this.total.start = this.total.end = 0;
    this.textStart = this.textEnd = 0;
    this.finishStart = this.finishEnd = 0;
    this.#hasChoice = false;
    this.#hasUsage = false;
    this.#rank = 0;
    const p = this.#chunk(this.#space(start));
    if (p === FAILED || this.#space(p) !== end) return false;
    if (this.#hasChoice) this.kind = RANKED[this.#rank] ?? KIND.empty;
    else if (this.#hasUsage) this.kind = KIND.usage;
    else return false;
    return true;
  }

  #chunk(start: number): number {
    const b = this.#bytes;
    if (b[start] !== OPEN_OBJECT) return FAILED;
    let p = start + 1;
    for (;;) {
      const name = this.#space(p);
      const nameEnd = this.#string(name);
      if (nameEnd === FAILED) return FAILED;
      const value = this.#value(nameEnd);
      if (value === FAILED) return FAILED;
      if (this.#is(CHOICES, name, nameEnd)) p = this.#choices(value);
      else if (this.#is(USAGE, name, nameEnd)) p = this.#usage(value);
      else if (this.#is(ERROR, name, nameEnd) && !this.#isFalsy(value)) return FAILED;
      else p = this.#skip(value);
      if (p === FAILED) return FAILED;
      p = this.#space(p);
      if (b[p] === CLOSE_OBJECT) return p + 1;
      if (b[p] !== COMMA) return FAILED;
      p++;
    }
  }

  #choices(start: number): number {
    const b = this.#bytes;
    if (b[start] !== OPEN_LIST) return FAILED;
    let p = this.#space(start + 1);
    if (b[p] === CLOSE_LIST) return p + 1;
    if (b[p] !== OPEN_OBJECT) return FAILED;
    this.#hasChoice = true;
    p++;
    for (;;) {
      const name = this.#space(p);
      const nameEnd = this.#string(name);
      if (nameEnd === FAILED) return FAILED;
      const value = this.#value(nameEnd);
      if (value === FAILED) return FAILED;
      if (this.#is(DELTA, name, nameEnd) && b[value] === OPEN_OBJECT) p = this.#delta(value);
      else {
        p = this.#skip(value);
        if (p === FAILED) return FAILED;
        if (b[value] === QUOTE) {
          if (this.#is(TEXT, name, nameEnd)) this.#found(CONTENT_RANK, value, p);
          else if (this.#is(FINISH_REASON, name, nameEnd)) {
            this.finishStart = value + 1;
            this.finishEnd = p - 1;
          }
        }
      }
      if (p === FAILED) return FAILED;
      p = this.#space(p);
      if (b[p] === CLOSE_OBJECT) break;
      if (b[p] !== COMMA) return FAILED;
      p++;
    }
    // Further choices (n > 1) count as part of the first.
    p = this.#space(p + 1);
    while (b[p] === COMMA) {
      p = this.#skip(this.#space(p + 1));
      if (p === FAILED) return FAILED;
      p = this.#space(p);
    }
    return b[p] === CLOSE_LIST ? p + 1 : FAILED;
  }

  #delta(start: number): number {
    const b = this.#bytes;
    let p = this.#space(start + 1);
    if (b[p] === CLOSE_OBJECT) return p + 1;
    for (;;) {
      const name = this.#space(p);
      const nameEnd = this.#string(name);
      if (nameEnd === FAILED) return FAILED;
      const value = this.#value(nameEnd);
      if (value === FAILED) return FAILED;
      p = this.#skip(value);
      if (p === FAILED) return FAILED;
      if (b[value] === QUOTE) {
        if (this.#is(CONTENT, name, nameEnd)) this.#found(CONTENT_RANK, value, p);
        else if (this.#is(REASONING, name, nameEnd) || this.#is(REASONING_CONTENT, name, nameEnd)) {
          this.#found(REASONING_RANK, value, p);
        } else if (this.#is(ROLE, name, nameEnd)) this.#found(ROLE_RANK, value, p);
      } else if (b[value] === OPEN_LIST && this.#is(TOOL_CALLS, name, nameEnd)) {
        if (b[this.#space(value + 1)] !== CLOSE_LIST) this.#rank = Math.max(this.#rank, TOOL_CALL_RANK);
      }
      p = this.#space(p);
      if (b[p] === CLOSE_OBJECT) return p + 1;
      if (b[p] !== COMMA) return FAILED;
      p++;
    }
  }

  #found(rank: number, quote: number, end: number): void {
    if (end - quote <= 2) return;
    if (rank > this.#rank) this.#rank = rank;
    if (rank === CONTENT_RANK) {
      this.textStart = quote + 1;
      this.textEnd = end - 1;
    }
  }

  #usage(start: number): number {
    const b = this.#bytes;
    if (b[start] !== OPEN_OBJECT) return this.#skip(start);
    this.#hasUsage = true;
    let p = this.#space(start + 1);
    if (b[p] === CLOSE_OBJECT) return p + 1;
    for (;;) {
      const name = this.#space(p);
      const nameEnd = this.#string(name);
      if (nameEnd === FAILED) return FAILED;
      const value = this.#value(nameEnd);
      if (value === FAILED) return FAILED;
      p = this.#skip(value);
      if (p === FAILED) return FAILED;
      if (this.#is(COMPLETION_TOKENS, name, nameEnd)) {
        this.completionTokens = this.#integer(value, p);
        this.completion.start = value;
        this.completion.end = p;
      } else if (this.#is(PROMPT_TOKENS, name, nameEnd)) this.promptTokens = this.#integer(value, p);
      else if (this.#is(TOTAL_TOKENS, name, nameEnd)) {
        this.total.start = value;
        this.total.end = p;
      }
      p = this.#space(p);
      if (b[p] === CLOSE_OBJECT) return p + 1;
      if (b[p] !== COMMA) return FAILED;
      p++;
    }
  }

  /** Whether the string between the quote at `start` and the quote before `end` is `name`. */
  #is(name: Uint8Array, start: number, end: number): boolean {
    const length = name.length;
    if (end - start - 2 !== length) return false;
    const b = this.#bytes;
    for (let i = 0; i < length; i++) if (b[start + 1 + i] !== name[i]) return false;
    return true;
  }

  #integer(start: number, end: number): number {
    const b = this.#bytes;
    let value = 0;
    for (let p = start; p < end; p++) {
      const digit = (b[p] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) return -1;
      value = value * 10 + digit;
    }
    return value;
  }

  /** The start of the value, after the colon that must follow a key. */
  #value(nameEnd: number): number {
    const p = this.#space(nameEnd);
    return this.#bytes[p] === COLON ? this.#space(p + 1) : FAILED;
  }

  /** Whether the value is `null`, `false` or the empty string. */
  #isFalsy(value: number): boolean {
    const b = this.#bytes;
    return b[value] === LETTER_N || b[value] === LETTER_F || (b[value] === QUOTE && b[value + 1] === QUOTE);
  }

  #space(start: number): number {
    const b = this.#bytes;
    let p = start;
    for (; p < this.#end; p++) {
      const c = b[p];
      if (c !== SPACE && c !== 0x0a && c !== 0x0d && c !== 0x09) break;
    }
    return p;
  }

  #string(start: number): number {
    return this.#bytes[start] === QUOTE ? endOfString(this.#bytes, start + 1, this.#end) : FAILED;
  }

  /** Skips a value that is not needed. */
  #skip(start: number, depth = 0): number {
    const first = this.#bytes[start] ?? 0;
    if (first === QUOTE) return this.#string(start);
    if (first === OPEN_OBJECT || first === OPEN_LIST)
      return depth < MAX_DEPTH ? this.#skipAll(start, depth) : FAILED;
    return first < 0x3a
      ? endOfNumber(this.#bytes, start, this.#end)
      : endOfWord(this.#bytes, start, this.#end);
  }

  /** Skips an object or a list. */
  #skipAll(start: number, depth: number): number {
    const b = this.#bytes;
    const isObject = b[start] === OPEN_OBJECT;
    const close = isObject ? CLOSE_OBJECT : CLOSE_LIST;
    let p = this.#space(start + 1);
    if (b[p] === close) return p + 1;
    for (;;) {
      if (isObject) {
        const nameEnd = this.#string(p);
        p = nameEnd === FAILED ? FAILED : this.#value(nameEnd);
        if (p === FAILED) return FAILED;
      }
      p = this.#skip(p, depth + 1);
      if (p === FAILED) return FAILED;
      p = this.#space(p);
      if (b[p] === close) return p + 1;
      if (b[p] !== COMMA) return FAILED;
      p = this.#space(p + 1);
    }
  }
}

/** A chunk that holds several of these counts as the last of them. */
const RANKED = [KIND.empty, KIND.role, KIND.tool_call, KIND.reasoning, KIND.content] as const;
const ROLE_RANK = 1;
const TOOL_CALL_RANK = 2;
const REASONING_RANK = 3;
const CONTENT_RANK = 4;
