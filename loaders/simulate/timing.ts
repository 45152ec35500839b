import type {Curve, Deployment} from "./deployment.js";
import {stepsFor} from "./speculation.js";

/** How long the engine takes, in milliseconds, by the number of its sequences. */
export interface Timing {
  stepMs(sequences: number): number;
  /** From arrival to the first tokens of `groupSize` prompts, with `groupUncachedTokens` in all to be computed. */
  ttftMs(sequences: number, groupUncachedTokens: number, groupSize: number): number;
  /** How much later the first tokens of slow requests leave. */
  ttftTailMs(sequences: number): number;
  /** How much later a client reads tokens that leave together than one that leaves alone, averaged over a wave. */
  batchMs(sequences: number): number;
}

/** What a client measures on top of the schedule, in milliseconds. No speed shortens it. */
export interface ClientDelay {
  /**
   * Added to a first token by both HTTP stacks and two wake-ups. The printed TTFT includes it, so the engine takes that
   * much less.
   */
  transportMs: number;
  /**
   * Tokens that leave together are read one after the other. This is the median delay of the last tokens of a large
   * wave, which leave together, relative to its first tokens, which leave alone. The engine is that much earlier.
   */
  batchMs: number;
}

/** Measured on one machine, with the client on its own processor; used unless something else is measured. */
export const CLIENT_DELAY: ClientDelay = {transportMs: 0.54, batchMs: 0.7};

/** The share of `batchMs` for a wave: half for two sequences, nearly all for sixteen. */
export function batchShare(sequences: number): number {
  return 1 - 1 / sequences;
}

/** Interpolates linearly between points, extrapolates through the last two, and is constant below the first. */
export function interpolate(curve: Curve, x: number): number {
  const [first] = curve;
  if (first === undefined) throw new Error("A curve needs a point.");
  if (x <= first[0] || curve.length === 1) return first[1];
  const after = curve.findIndex(([end]) => x <= end);
  const index = after === -1 ? curve.length - 1 : after;
  const [x0, y0] = curve[index - 1] ?? first;
  const [x1, y1] = curve[index] ?? first;
  return y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}

/**
 * Step times that yield the printed TPOT over an answer of usual length: TPOT × tokens after the first ÷ their steps.
 * Without speculation, this is the TPOT itself.
 */
function stepCurve({tpot, outputTokens, speculation}: Deployment): Curve {
  const decoded = outputTokens - 1;
  const steps = speculation === null ? decoded : stepsFor(decoded, speculation);
  return tpot.map(([concurrency, ms]) => [concurrency, (ms * decoded) / steps] as const);
}

/** The cost of one more prompt token: the slope of TTFT from the first row to the last, which prefills together. */
function msPerPromptToken(ttft: Curve, inputTokens: number): number {
  const [first] = ttft;
  const last = ttft.at(-1);
  if (first === undefined || last === undefined || first[0] === last[0]) return 0;
  return (last[1] - first[1]) / ((last[0] - first[0]) * inputTokens);
}

export function timingOf(deployment: Deployment, speed: number, {transportMs, batchMs}: ClientDelay): Timing {
  const {ttft, ttftTail, inputTokens} = deployment;
  const steps = stepCurve(deployment);
  const perToken = msPerPromptToken(ttft, inputTokens);
  const stepMs = (sequences: number) => interpolate(steps, sequences) / speed;
  return {
    stepMs,
    ttftMs(sequences, groupUncachedTokens, groupSize) {
      const longer = perToken * (groupUncachedTokens - groupSize * inputTokens);
      return Math.max((interpolate(ttft, sequences) + longer) / speed - transportMs, 0);
    },
    ttftTailMs: (sequences) =>
      ttftTail.length === 0 ? 0 : Math.max(0, interpolate(ttftTail, sequences)) / speed,
    batchMs: (sequences) => Math.min(batchMs * batchShare(sequences), stepMs(sequences) / 2)
  };
}
