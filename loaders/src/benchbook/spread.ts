/**
 * Moves positions apart until neighbours keep a gap, each as little as it can (the sum of squares is least);
 * in the order given. Within bounds, where they are given and hold as many.
 */
export function spread(
  positions: readonly number[],
  gap: number,
  [from, to]: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
): number[] {
  const order = positions.map((position, i) => ({position, i})).sort((a, b) => a.position - b.position);
  // Where the first of each run of touching neighbours stands, if all of the run wish for the same place.
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

/** The same on both sides of a line, from which each keeps its distance. */
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
