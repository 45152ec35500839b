// The arithmetic of the ceiling, as the views step_component and ceiling_corrected have it; a test holds
// the two against each other.

/** A part of the model that a decode step reads. */
export interface Component {
  name: string;
  parameters: number;
  /** Bits a parameter as the checkpoint stores it. */
  bits: number;
  /** Whether the quantisation reaches it, so that its bits follow from bits and group size. */
  quantised: boolean;
  /** Whether each GPU holds all of it. */
  replicated: boolean;
  /** Whether a token reads only the experts it is routed to. */
  routed: boolean;
}

/** What no input of the calculator changes. */
export interface Model {
  components: readonly Component[];
  /** Routed experts of a layer, whose parameters the routed component holds. */
  experts: number;
  /** Bits of scale and zero point that a group of weights shares. */
  groupBits: number;
}

/** The premises of a ceiling. */
export interface Premises {
  /** GB/s of one GPU. */
  bandwidth: number;
  /** GPUs that share the weights. */
  gpus: number;
  bits: number;
  groupSize: number;
  expertsPerToken: number;
  /** Tokens that a request gets from a step. */
  tokensPerRequest: number;
  /** Gigabytes a GPU reads in a step, whatever its tokens; null computes them from the model. */
  gigabytes: number | null;
}

/** Gigabytes of weights one GPU reads in a step of so many tokens, under uniform routing. */
export function stepGigabytes(
  {components, experts, groupBits}: Model,
  premises: Premises,
  tokens: number
): number {
  if (premises.gigabytes !== null) return premises.gigabytes;
  const {bits, groupSize, gpus, expertsPerToken} = premises;
  const quantisedBits = bits + groupBits / groupSize;
  const shareOfExperts = 1 - (1 - expertsPerToken / experts) ** tokens;
  return components.reduce((sum, part) => {
    const stored = (part.parameters * (part.quantised ? quantisedBits : part.bits)) / 8;
    return sum + ((stored / (part.replicated ? 1 : gpus)) * (part.routed ? shareOfExperts : 1)) / 1e9;
  }, 0);
}

/** The throughput in tok/s at which reading the weights takes the whole step. */
export function ceilingThroughput(model: Model, premises: Premises, concurrency: number): number {
  const tokens = concurrency * premises.tokensPerRequest;
  return (tokens * premises.bandwidth) / stepGigabytes(model, premises, tokens);
}
