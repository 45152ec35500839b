import {z} from "zod";

/** A part of the model that a decode step reads. */
const component = z.strictObject({
  name: z.string(),
  parameters: z.number(),
  /** Bits per parameter, as the checkpoint stores it. */
  bits: z.number(),
  /** Whether the quantisation reaches it, so that its bits follow from bits and group size. */
  quantised: z.boolean(),
  /** Whether each GPU holds all of it. */
  replicated: z.boolean(),
  /** Whether a token reads only the experts it is routed to. */
  routed: z.boolean()
});

/** What the calculator's inputs do not change. */
const model = z.strictObject({
  components: z.array(component),
  /** The number of routed experts in a layer. */
  experts: z.number(),
  /** Bits of scale and zero point that a group of weights shares. */
  groupBits: z.number()
});

/** The premises of a ceiling. */
const premises = z.strictObject({
  /** GB/s of one GPU. */
  bandwidth: z.number(),
  /** GPUs that share the weights. */
  gpus: z.number(),
  bits: z.number(),
  groupSize: z.number(),
  expertsPerToken: z.number(),
  /** Tokens that a request gets from a step. */
  tokensPerRequest: z.number(),
  /** Gigabytes that a GPU reads in a step of any size; null computes them from the model. */
  gigabytes: z.number().nullable()
});

/** What the page embeds: the cards’ premises and the measured points. */
export const schema = z.strictObject({
  model,
  gpus: z.array(z.strictObject({label: z.string(), bandwidth: z.number()})),
  /** The premises that the cards give. */
  cards: premises,
  publishedGigabytes: z.number(),
  /** The measured series. */
  label: z.string(),
  points: z.array(z.strictObject({concurrency: z.number(), value: z.number()})).min(1)
});

export type Component = z.infer<typeof component>;
export type Model = z.infer<typeof model>;
export type Premises = z.infer<typeof premises>;
export type CeilingCalculatorData = z.infer<typeof schema>;
