// Every chunk that a run received, as columns: the raw data of all its metrics.

import {gunzipSync, gzipSync} from "node:zlib";
import {z} from "zod";

/**
 * Kinds of server-sent events. `empty` has choices but neither text nor tool call (often the one with
 * `finish_reason`); `other` is JSON without choices, usage and error; `chunk` has choices of unknown content,
 * reconstructed from another tool's gaps.
 */
export const EVENT_KINDS = [
  "role",
  "content",
  "reasoning",
  "tool_call",
  "empty",
  "usage",
  "error",
  "done",
  "other",
  "malformed",
  "chunk"
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

/** The number of each kind in the `kind` column. */
export const KIND = Object.fromEntries(EVENT_KINDS.map((kind, code) => [kind, code])) as Readonly<
  Record<EventKind, number>
>;

/** Whether the kind with this number is a chunk with output. */
export function bearsOutput(kind: number): boolean {
  return kind === KIND.content || kind === KIND.reasoning || kind === KIND.tool_call;
}

export const TOKENS_UNKNOWN = -1;

/** More than any context window holds: a larger count is treated as unknown. */
export const MOST_TOKENS = 2 ** 24;

/** One row per event, in order of arrival; all columns have the same length. */
export interface EventColumns {
  /** Index of the request in its run. */
  request: Uint32Array;
  /** Nanoseconds since the run's clock started (see `clock` in Run); whole numbers. */
  time_ns: Float64Array;
  /** Index into EVENT_KINDS. */
  kind: Uint8Array;
  /** Output tokens this event added, or TOKENS_UNKNOWN. */
  tokens: Int32Array;
}

const MAGIC = "BBEVENTS";
const NS_PER_S = 1e9;
/** The bytes of a row in all columns together. */
const BYTES_A_ROW = 4 + 4 + 4 + 1 + 4;

const Header = z.object({
  schema: z.literal("benchbook-events"),
  version: z.literal(1),
  rows: z.int().nonnegative(),
  columns: z.tuple([
    z.literal("request:u32"),
    z.literal("time_s:u32"),
    z.literal("time_ns:u32"),
    z.literal("kind:u8"),
    z.literal("tokens:i32")
  ]),
  kinds: z.array(z.enum(EVENT_KINDS))
});

/**
 * The columnar file, gzipped: `BBEVENTS`, the header's length (u32), the header (JSON), then the values of each
 * column in turn, little-endian, without padding. Time is split into whole seconds and the nanoseconds after them,
 * so that the seconds compress to almost nothing.
 */
export function encodeEvents(events: EventColumns): Uint8Array {
  const rows = events.request.length;
  const header = Buffer.from(
    JSON.stringify({
      schema: "benchbook-events",
      version: 1,
      rows,
      columns: ["request:u32", "time_s:u32", "time_ns:u32", "kind:u8", "tokens:i32"],
      kinds: [...EVENT_KINDS]
    } satisfies z.infer<typeof Header>)
  );
  const seconds = Uint32Array.from(events.time_ns, (t) => Math.floor(t / NS_PER_S));
  const nanoseconds = Uint32Array.from(events.time_ns, (t) => t % NS_PER_S);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return gzipSync(
    Buffer.concat([
      Buffer.from(MAGIC),
      length,
      header,
      ...[events.request, seconds, nanoseconds, events.kind, events.tokens].map(bytesOf)
    ])
  );
}

/** The inverse of {@link encodeEvents}. Throws an Error if the bytes are not such a file, or of another version. */
export function decodeEvents(file: Uint8Array): EventColumns {
  const bytes = gunzipSync(file);
  if (bytes.toString("latin1", 0, MAGIC.length) !== MAGIC) throw new Error("not a Benchbook events file");
  const start = MAGIC.length + 4;
  const bodyStart = start + bytes.readUInt32LE(MAGIC.length);
  const {rows, kinds} = Header.parse(JSON.parse(bytes.toString("utf8", start, bodyStart)));
  if (bytes.length !== bodyStart + rows * BYTES_A_ROW) {
    throw new Error(`events file holds ${bytes.length - bodyStart} bytes for ${rows} rows: it is cut short`);
  }
  let at = bodyStart;
  const column = (size: number): ArrayBuffer => {
    const start = at;
    at += rows * size;
    return new Uint8Array(bytes.subarray(start, at)).buffer;
  };
  const request = new Uint32Array(column(4));
  const whole = new Uint32Array(column(4));
  const rest = new Uint32Array(column(4));
  const kind = new Uint8Array(column(1));
  const tokens = new Int32Array(column(4));
  const codes = kinds.map((name) => KIND[name]);
  return {
    request,
    time_ns: Float64Array.from(whole, (s, i) => s * NS_PER_S + (rest[i] ?? 0)),
    kind: kind.map((code) => codes[code] ?? KIND.other),
    tokens
  };
}

function bytesOf(column: Uint32Array | Uint8Array | Int32Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}
