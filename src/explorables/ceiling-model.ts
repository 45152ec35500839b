// The arithmetic of the ceiling, as the views step_component and ceiling_corrected have it; a test holds
// the two against each other.
import type {Model, Premises} from "./ceiling-calculator.schema.js";

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
