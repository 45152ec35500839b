/**
 * Moves positions apart until neighbours are a gap apart, keeping their order and minimising the sum of squared
 * moves. Stays within bounds, if they are given and have room for all.
 */
export function spread(
  positions: readonly number[],
  gap: number,
  [from, to]: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
): number[] {
  const order = positions.map((position, i) => ({position, i})).sort((a, b) => a.position - b.position);
  // Runs of touching neighbours. `start` is the place where the first of the run fits all of them best.
  const runs: {start: number; length: number}[] = [];
  for (const [k, {position}] of order.entries()) {
    let run = {start: position - k * gap, length: 1};
    for (let last = runs.at(-1); last !== undefined && last.start > run.start; last = runs.at(-1)) {
      runs.pop();
      const length = last.length + run.length;
      run = {start: (last.start * last.length + run.start * run.length) / length, length};
    }
    runs.push(run);
  }
  const starts = runs.flatMap(({start, length}) => Array<number>(length).fill(start));
  const result = [...positions];
  const latest = to - (order.length - 1) * gap;
  for (const [k, {i}] of order.entries())
    result[i] = Math.max(from, Math.min(latest, starts[k] ?? 0)) + k * gap;
  return result;
}

/** The same on both sides of a line, from which each position keeps its distance. */
export function spreadBeside(
  positions: readonly number[],
  gap: number,
  {at, distance}: {at: number; distance: number}
): number[] {
  const before = spread(
    positions.filter((position) => position < at),
    gap,
    [Number.NEGATIVE_INFINITY, at - distance]
  );
  const after = spread(
    positions.filter((position) => position >= at),
    gap,
    [at + distance, Number.POSITIVE_INFINITY]
  );
  return positions.map((position) => (position < at ? before.shift() : after.shift()) ?? position);
}
