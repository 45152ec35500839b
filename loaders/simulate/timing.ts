import type {Curve, Deployment} from "./deployment.js";
import {stepsFor} from "./speculation.js";

/** How long the engine takes, in milliseconds, as functions of the number of sequences it holds. */
export interface Timing {
  stepMs(sequences: number): number;
  /** From arrival to the first tokens of `groupSize` prompts, of which `groupUncachedTokens` tokens in all must be computed. */
  ttftMs(sequences: number, groupUncachedTokens: number, groupSize: number): number;
  /** How much later than the others the first tokens of the slow requests leave. */
  ttftTailMs(sequences: number): number;
  /** How much later, on average over a wave, a client reads tokens that leave together than one that leaves alone. */
  batchMs(sequences: number): number;
}

/** What a client measures on top of the schedule, in milliseconds. No speed shortens it. */
export interface ClientDelay {
  /**
   * On top of a first token: both HTTP stacks and two wake-ups. The printed TTFT includes it, so the engine takes that
   * much less.
   */
  transportMs: number;
  /**
   * Tokens that leave together are read one after the other. This is by how much, in the median, the last tokens of a
   * large wave, which leave together, are read later than its first, which leave alone. The engine is sooner by as much.
   */
  batchMs: number;
}

/** What one machine yielded with the client on a processor of its own; used where nothing is measured. */
export const CLIENT_DELAY: ClientDelay = {transportMs: 0.54, batchMs: 0.7};

/** How much of `batchMs` a wave has: two sequences half of it, sixteen nearly all. */
export function batchShare(sequences: number): number {
  return 1 - 1 / sequences;
}

/** Straight lines between the points and on through the last two; constant below the first. */
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
 * A step makes the printed TPOT over an answer of the usual length: TPOT × tokens after the first ÷ steps they take.
 * Without speculation that is the TPOT itself.
 */
function stepCurve({tpot, outputTokens, speculation}: Deployment): Curve {
  const decoded = outputTokens - 1;
  const steps = speculation === null ? decoded : stepsFor(decoded, speculation);
  return tpot.map(([concurrency, ms]) => [concurrency, (ms * decoded) / steps] as const);
}

/** What one more prompt token costs: the slope of TTFT between the first and the last row, whose prompts are prefilled together. */
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
