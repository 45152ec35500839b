import {z} from "zod";
import type {EventSink, EventStream, StreamEvent} from "./event-stream.js";
import type {Ending} from "./simulator-log.js";
import {DONE, errorBody, errorEvent} from "./wire.js";

/** Answers that never become a stream: an error status, some with seconds for Retry-After. */
const REFUSALS = {
  "400": {status: 400, retryAfterS: null},
  "401": {status: 401, retryAfterS: null},
  "404": {status: 404, retryAfterS: null},
  "429": {status: 429, retryAfterS: null},
  "429-retry-after": {status: 429, retryAfterS: 1},
  "500": {status: 500, retryAfterS: null},
  "503": {status: 503, retryAfterS: null},
  "503-retry-after": {status: 503, retryAfterS: 1}
} as const;

/** Faults of a whole answer. */
const ANSWER_FAULTS = [
  "reset-before-stream",
  "not-a-stream",
  "zero-tokens",
  "no-usage",
  "split-utf8",
  "split-lines",
  "crlf",
  "comments"
] as const;

/** Faults that strike after `@N` chunks with tokens; each has its own default. */
const CHUNK_FAULTS = {
  "stall-first-token": 0,
  "stall-mid-stream": 3,
  "reset-mid-stream": 3,
  truncate: 3,
  "error-after-200": 3,
  "malformed-json": 3,
  "empty-choices": 3,
  restart: 3
} as const;

type RefusalName = keyof typeof REFUSALS;
type AnswerFaultName = (typeof ANSWER_FAULTS)[number];
type ChunkFaultName = keyof typeof CHUNK_FAULTS;
type FaultName = RefusalName | AnswerFaultName | ChunkFaultName;

export const FAULT_NAMES: readonly string[] = [
  ...Object.keys(REFUSALS),
  ...ANSWER_FAULTS,
  ...Object.keys(CHUNK_FAULTS)
];

export interface Fault {
  name: FaultName;
  /** The number of chunks with tokens before it strikes. */
  afterChunks: number;
}

function isFaultName(name: string): name is FaultName {
  return FAULT_NAMES.includes(name);
}

function isChunkFault(name: FaultName): name is ChunkFaultName {
  return name in CHUNK_FAULTS;
}

function isRefusal(name: FaultName): name is RefusalName {
  return name in REFUSALS;
}

/** Reads `name` or `name@chunks`. */
export const faultText = z.string().transform((text, context): Fault => {
  const [, name = "", chunks] = /^([a-z0-9-]+)(?:@(\d+))?$/.exec(text) ?? [];
  if (!isFaultName(name)) {
    context.addIssue(`unknown fault “${text}”; there are ${FAULT_NAMES.join(", ")}`);
    return z.NEVER;
  }
  const usual = isChunkFault(name) ? CHUNK_FAULTS[name] : 0;
  return {name, afterChunks: chunks === undefined ? usual : Number(chunks)};
});

/** Which generation requests, counted from 0, meet a fault: every n-th, or those listed. */
const plannedFaultSchema = z
  .object({
    fault: faultText,
    every: z.number().int().positive().optional(),
    requests: z.array(z.number().int().nonnegative()).optional()
  })
  .refine(({every, requests}) => (every === undefined) !== (requests === undefined), {
    message: "a planned fault needs either `every` or `requests`"
  });

export const faultPlan = z.array(plannedFaultSchema);
type FaultPlan = z.output<typeof faultPlan>;

export function plannedFault(plan: FaultPlan, request: number): Fault | null {
  const entry = plan.find(({every, requests}) =>
    every === undefined ? requests?.includes(request) : request % every === every - 1
  );
  return entry?.fault ?? null;
}

interface RefusedAnswer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

const REFUSAL_MESSAGES: Record<number, [message: string, type: string]> = {
  400: ["A simulated bad request.", "BadRequestError"],
  404: ["The model `simulated` does not exist.", "NotFoundError"],
  429: ["A simulated rate limit.", "RateLimitError"],
  500: ["Internal server error", "InternalServerError"],
  503: ["A simulated overload.", "ServiceUnavailableError"]
};

export function refusedAnswer({name}: Fault): RefusedAnswer | null {
  if (!isRefusal(name)) return null;
  const {status, retryAfterS} = REFUSALS[name];
  const headers: Record<string, string> = retryAfterS === null ? {} : {"retry-after": String(retryAfterS)};
  if (status === 401) return {status, headers, body: {error: "Unauthorized"}};
  const [message, type] = REFUSAL_MESSAGES[status] ?? ["A simulated error.", "InternalServerError"];
  return {status, headers, body: errorBody(message, type, status)};
}

/** The stream, distorted by the fault. */
export function faultySink(fault: Fault, stream: EventStream, restart: () => void): EventSink {
  const strike = (onStrike: Strike) => new StrikingSink(stream, fault.afterChunks, onStrike);
  switch (fault.name) {
    case "stall-first-token":
    case "stall-mid-stream":
      return strike(() => "silent");
    case "reset-mid-stream":
      return strike(() => {
        stream.reset();
        return "silent";
      });
    case "restart":
      return strike(() => {
        stream.reset();
        restart();
        return "silent";
      });
    case "truncate":
      return strike(() => {
        stream.end("fault");
        return "silent";
      });
    case "error-after-200":
      return strike(() => {
        const body = errorBody("Internal server error", "InternalServerError", 500);
        stream.send({kind: "error", tokens: 0, text: errorEvent(body)});
        stream.send({kind: "done", tokens: 0, text: DONE});
        stream.end("fault");
        return "silent";
      });
    case "malformed-json":
      return strike((event) => {
        const half = event.text.slice(0, event.text.length / 2).trimEnd();
        stream.send({...event, tokens: 0, text: `${half}\n\n`});
        return "go on";
      });
    case "empty-choices":
      return strike((event) => {
        const text = editEvent(event.text, (chunk) => ({...chunk, choices: [], usage: undefined}));
        stream.send({kind: "content", tokens: 0, text});
        stream.send(event);
        return "go on";
      });
    case "no-usage":
      return mapped(stream, (event) =>
        event.kind === "usage"
          ? null
          : {...event, text: editEvent(event.text, (chunk) => ({...chunk, usage: undefined}))}
      );
    case "crlf":
      return mapped(stream, (event) => ({...event, text: event.text.replaceAll("\n", "\r\n")}));
    case "comments":
      return mapped(stream, (event) => ({...event, text: `: keep-alive\n\n${event.text}: comment\n`}));
    case "split-utf8":
      return new SplittingSink(stream, (event) => splitInsideCharacter(withMultiByte(event.text)));
    case "split-lines":
      return new SplittingSink(stream, ({text}) => splitLines(Buffer.from(text)));
    default:
      return stream;
  }
}

/** Handles the event that the fault strikes; `silent` also swallows all later ones. */
type Strike = (event: StreamEvent) => "silent" | "go on";

class StrikingSink implements EventSink {
  readonly #stream: EventStream;
  readonly #onStrike: Strike;
  #left: number;
  #state: "before" | "silent" | "after" = "before";

  constructor(stream: EventStream, afterChunks: number, onStrike: Strike) {
    this.#stream = stream;
    this.#left = afterChunks;
    this.#onStrike = onStrike;
  }

  send(event: StreamEvent): void {
    if (this.#state === "silent") return;
    if (this.#state === "before" && this.#left === 0) {
      this.#state = this.#onStrike(event) === "silent" ? "silent" : "after";
      return;
    }
    if (event.tokens > 0) this.#left--;
    this.#stream.send(event);
  }

  end(ending: Ending): void {
    if (this.#state !== "silent") this.#stream.end(ending);
  }
}

function mapped(stream: EventStream, map: (event: StreamEvent) => StreamEvent | null): EventSink {
  return {
    send(event) {
      const changed = map(event);
      if (changed !== null) stream.send(changed);
    },
    end: (ending) => stream.end(ending)
  };
}

/** Long enough for the receiver to see two reads. */
const SPLIT_GAP_MS = 2;

/** Sends each event in parts, a read apart. An event counts as sent with its last part. */
class SplittingSink implements EventSink {
  readonly #stream: EventStream;
  readonly #split: (event: StreamEvent) => Uint8Array[];
  readonly #queue: (() => void)[] = [];
  #isPumping = false;

  constructor(stream: EventStream, split: (event: StreamEvent) => Uint8Array[]) {
    this.#stream = stream;
    this.#split = split;
  }

  send(event: StreamEvent): void {
    const parts = this.#split(event);
    for (const [index, part] of parts.entries()) {
      const isLast = index === parts.length - 1;
      this.#push(() => (isLast ? this.#stream.sendBytes(event, part) : this.#stream.write(part)));
    }
  }

  end(ending: Ending): void {
    this.#push(() => this.#stream.end(ending));
  }

  #push(action: () => void): void {
    this.#queue.push(action);
    if (!this.#isPumping) void this.#pump();
  }

  async #pump(): Promise<void> {
    this.#isPumping = true;
    for (let action = this.#queue.shift(); action !== undefined; action = this.#queue.shift()) {
      action();
      await new Promise((resolve) => setTimeout(resolve, SPLIT_GAP_MS));
    }
    this.#isPumping = false;
  }
}

const jsonChunk = z.record(z.string(), z.unknown());

function editEvent(text: string, edit: (chunk: z.output<typeof jsonChunk>) => unknown): string {
  if (text === DONE) return text;
  const chunk = jsonChunk.parse(JSON.parse(text.slice("data: ".length)));
  return `data: ${JSON.stringify(edit(chunk))}\n\n`;
}

function withMultiByte(text: string): Buffer {
  return Buffer.from(text.replace(/"(content|text|reasoning)":"(?=.)/, "$&漢😀"));
}

/** Cuts after the first byte of the first multi-byte character, if there is one. */
function splitInsideCharacter(bytes: Buffer): Buffer[] {
  const lead = bytes.findIndex((byte) => byte >= 0xc0);
  return lead === -1 ? [bytes] : [bytes.subarray(0, lead + 1), bytes.subarray(lead + 1)];
}

/** Cuts in the field name, in the middle of the JSON and between the two newlines of the end. */
function splitLines(bytes: Buffer): Buffer[] {
  const cuts = [0, 3, Math.floor(bytes.length / 2), bytes.length - 1, bytes.length];
  return cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
}
