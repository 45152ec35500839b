// What the simulator plays: how fast a model is served, at each concurrency.

import {z} from "zod";

/** Milliseconds by the number of sequences at once, ascending. */
const Points = z.array(z.tuple([z.number().positive(), z.number().nonnegative()]).readonly());
export type Curve = readonly (readonly [concurrency: number, ms: number])[];

export const Deployment = z.object({
  /** What it is called where the server tells of itself. */
  name: z.string(),
  model: z.string().min(1),
  tpot: Points.min(1).readonly(),
  /** The median, of prompts of `inputTokens`. */
  ttft: Points.min(1).readonly(),
  /** By how much the P99 is longer; empty where nothing states it. */
  ttftTail: Points.readonly(),
  speculation: z.object({draftTokens: z.int().positive(), acceptance: z.number().min(0).max(1)}).nullable(),
  /** Of a request, with what the server's chat template adds. */
  inputTokens: z.int().positive(),
  outputTokens: z.int().min(2)
});
export type Deployment = z.output<typeof Deployment>;
export type Speculation = NonNullable<Deployment["speculation"]>;

/** Nobody's model: what is played where no series is named. */
export const PLAIN: Deployment = {
  name: "plain",
  model: "benchbook/plain",
  tpot: [
    [1, 15],
    [16, 35]
  ],
  ttft: [
    [1, 40],
    [16, 160]
  ],
  ttftTail: [],
  speculation: null,
  inputTokens: 512,
  outputTokens: 256
};
