/** Moves positions apart until neighbours keep a gap, each as little as it can; in the order given. */
export function spread(positions: readonly number[], gap: number): number[] {
  const order = positions.map((position, i) => ({position, i})).sort((a, b) => a.position - b.position);
  for (let round = 0; round < 50; round++) {
    for (const [k, lower] of order.entries()) {
      const upper = order[k + 1];
      if (upper === undefined) continue;
      const missing = gap - (upper.position - lower.position);
      if (missing <= 0) continue;
      lower.position -= missing / 2;
      upper.position += missing / 2;
    }
  }
  return positions.map((position, i) => order.find((entry) => entry.i === i)?.position ?? position);
}
