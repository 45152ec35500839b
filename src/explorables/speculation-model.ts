// The arithmetic of speculative decoding, as in the SQL macros tokens_per_step and expected_speedup.

/** What a step with speculation costs and how often its drafts are right. */
export interface Speculation {
  /** The share of drafted tokens that are accepted. */
  acceptance: number;
  draftTokens: number;
  /** Time of the verifying step in plain steps. */
  verification: number;
  /** Time of drafting one token, overhead included, in plain steps. */
  draft: number;
}

/** Mean tokens of a step: 1 + a + a² + … + aᵏ. */
export function tokensPerStep(acceptance: number, draftTokens: number): number {
  return acceptance === 1 ? draftTokens + 1 : (1 - acceptance ** (draftTokens + 1)) / (1 - acceptance);
}

/** Time of a step with speculation, in plain steps. */
export function stepCost({draftTokens, verification, draft}: Omit<Speculation, "acceptance">): number {
  return verification + draftTokens * draft;
}

export function expectedSpeedup(speculation: Speculation): number {
  return tokensPerStep(speculation.acceptance, speculation.draftTokens) / stepCost(speculation);
}

/** The acceptance at which a step yields as many tokens as it costs plain steps; null if there is none. */
export function breakEvenAcceptance(costs: Omit<Speculation, "acceptance">): number | null {
  const cost = stepCost(costs);
  if (cost <= 1) return 0;
  if (cost > costs.draftTokens + 1) return null;
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (tokensPerStep(middle, costs.draftTokens) < cost) low = middle;
    else high = middle;
  }
  return high;
}
