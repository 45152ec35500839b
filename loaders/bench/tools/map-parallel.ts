/** Requests to a server beside the measured ones that are open at once. */
const PARALLEL = 16;

/** As Promise.all over `map`, with so many at once. */
export async function mapParallel<T, U>(
  items: readonly T[],
  map: (item: T, index: number) => Promise<U>
): Promise<U[]> {
  const results = new Array<U>(items.length);
  const left = items.entries();
  /** All workers take from the one iterator. */
  const worker = async () => {
    for (const [i, item] of left) results[i] = await map(item, i);
  };
  await Promise.all(Array.from({length: PARALLEL}, worker));
  return results;
}
