import type {Speculation} from "./deployment.js";

/** How many tokens of a sequence's `step`-th draft are accepted. */
export type Acceptance = (step: number) => number;

/**
 * Spreads the acceptances of each draft position evenly (error diffusion from a phase in [0, 1)) instead of drawing
 * them. The rate is then exact over any stretch and answers of one length take the same steps, so that the median TPOT
 * equals the deployment's without averaging over thousands of requests.
 */
export function evenAcceptance({draftTokens, acceptance}: Speculation, phase: number): Acceptance {
  return (step) => {
    let accepted = 0;
    let trial = step;
    while (accepted < draftTokens) {
      const before = Math.floor(trial * acceptance + phase);
      if (Math.floor((trial + 1) * acceptance + phase) === before) break;
      accepted++;
      trial = before;
    }
    return accepted;
  };
}

/** The number of steps that decode `tokens` tokens, at the middle phase. */
export function stepsFor(tokens: number, speculation: Speculation): number {
  const accepted = evenAcceptance(speculation, 0.5);
  let steps = 0;
  for (let done = 0; done < tokens; steps++) done += 1 + accepted(steps);
  return steps;
}
