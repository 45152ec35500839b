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

/** The same on both sides of a line, from which each keeps its distance. */
export function spreadBeside(
  positions: readonly number[],
  gap: number,
  {at, distance}: {at: number; distance: number}
): number[] {
  const before = positions.filter((position) => position < at);
  const after = positions.filter((position) => position >= at);
  const spacedBefore = spread(before, gap);
  const spacedAfter = spread(after, gap);
  const back = Math.max(0, Math.max(...spacedBefore) - (at - distance));
  const forth = Math.max(0, at + distance - Math.min(...spacedAfter));
  return positions.map((position) =>
    position < at ? (spacedBefore.shift() ?? position) - back : (spacedAfter.shift() ?? position) + forth
  );
}
