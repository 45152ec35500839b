import {z} from "zod";

/** What the page embeds: the stated acceptance, and at each concurrency what was measured. */
export const schema = z.strictObject({
  /** Of 1. */
  acceptance: z.number(),
  points: z
    .array(
      z.strictObject({
        concurrency: z.number(),
        /** With one draft token. */
        speedup: z.number(),
        /** What a step costs at the stated acceptance, in plain steps. */
        cost: z.number(),
        /** Time of the verifying step in plain steps, if it has a price. */
        verification: z.number().nullable()
      })
    )
    .min(1)
});

export type SpeculationData = z.infer<typeof schema>;
