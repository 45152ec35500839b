// The arithmetic of speculative decoding, as the macros tokens_per_step and expected_speedup have it in SQL.

/** What a step with speculation costs and how often its drafts are right. */
export interface Speculation {
  /** The share of drafted tokens that are accepted. */
  acceptance: number;
  draftTokens: number;
  /** Time of the verifying step in plain steps. */
  verification: number;
  /** Time of drafting one token, and all else that comes with it, in plain steps. */
  draft: number;
}

/** Tokens that a step yields on average: 1 + a + a² + … + aᵏ. */
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

/** The acceptance at which a step yields as many tokens as it costs plain steps; null where none does. */
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
