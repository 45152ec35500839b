// Summarises a run's chunks for the warehouse, since a file may have millions.

import {type EventColumns, KIND} from "../formats/events.js";

/** Bins per decade of the histogram of gaps. */
const BINS_PER_DECADE = 20;
/** The start of the first bin, which also holds all shorter gaps. */
const SHORTEST_GAP_MS = 0.01;

const OUTPUT_KINDS: ReadonlySet<number> = new Set([KIND.content, KIND.reasoning, KIND.tool_call, KIND.chunk]);

/** The output chunks of one request. */
interface Stream {
  firstMs: number;
  lastMs: number;
  /** The tokens of the first chunk; negative if unknown. */
  firstTokens: number;
  chunks: number;
}

/** The number of chunks that came at least `fromMs` and less than `toMs` after the one before. */
export interface GapBin {
  fromMs: number;
  toMs: number;
  chunks: number;
}

export interface Output {
  /** Streams by index of the request. */
  streams: ReadonlyMap<number, Stream>;
  /** The gaps of all requests together, from shortest to longest. */
  gaps: readonly GapBin[];
}

export function outputOf({request, time_ns, kind, tokens}: EventColumns): Output {
  const streams = new Map<number, Stream>();
  const bins = new Map<number, number>();
  request.forEach((index, i) => {
    if (!OUTPUT_KINDS.has(kind[i] ?? KIND.other)) return;
    const at = (time_ns[i] ?? 0) / 1e6;
    const stream = streams.get(index);
    if (stream === undefined) {
      streams.set(index, {firstMs: at, lastMs: at, firstTokens: tokens[i] ?? -1, chunks: 1});
      return;
    }
    const bin = binOf(at - stream.lastMs);
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
    stream.lastMs = at;
    stream.chunks++;
  });
  const gaps = [...bins]
    .sort(([a], [b]) => a - b)
    .map(([bin, chunks]) => ({fromMs: edgeMs(bin), toMs: edgeMs(bin + 1), chunks}));
  return {streams, gaps};
}

function binOf(gapMs: number): number {
  return Math.floor(BINS_PER_DECADE * Math.log10(Math.max(gapMs, SHORTEST_GAP_MS) / SHORTEST_GAP_MS));
}

function edgeMs(bin: number): number {
  return SHORTEST_GAP_MS * 10 ** (bin / BINS_PER_DECADE);
}
