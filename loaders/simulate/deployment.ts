// What the simulator plays: the speed of a served model at each concurrency.

import {z} from "zod";

/** Milliseconds by number of simultaneous sequences, ascending. */
const Points = z.array(z.tuple([z.number().positive(), z.number().nonnegative()]).readonly());
export type Curve = readonly (readonly [concurrency: number, ms: number])[];

export const Deployment = z.object({
  /** Its name in what the server says about itself. */
  name: z.string(),
  model: z.string().min(1),
  tpot: Points.min(1).readonly(),
  /** The median TTFT of prompts with `inputTokens`. */
  ttft: Points.min(1).readonly(),
  /** How much longer the P99 is; empty if nothing states it. */
  ttftTail: Points.readonly(),
  speculation: z.object({draftTokens: z.int().positive(), acceptance: z.number().min(0).max(1)}).nullable(),
  /** Input tokens of a request, including those of the server's chat template. */
  inputTokens: z.int().positive(),
  outputTokens: z.int().min(2)
});
export type Deployment = z.output<typeof Deployment>;
export type Speculation = NonNullable<Deployment["speculation"]>;

/** An invented model, played if no series is named. */
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
