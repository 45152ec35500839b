// The arithmetic of the ceiling, as in the views step_component and ceiling_corrected; a test compares the two.
import type {Model, Premises} from "./ceiling-calculator.schema.js";

/** Gigabytes of weights that one GPU reads in a step with this many tokens, under uniform routing. */
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
