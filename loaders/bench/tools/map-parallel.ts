/** The most requests to a server at once, apart from measured ones. */
const PARALLEL = 16;

/** Like Promise.all over `map`, but with a limited number at once. */
export async function mapParallel<T, U>(
  items: readonly T[],
  map: (item: T, index: number) => Promise<U>
): Promise<U[]> {
  const results = new Array<U>(items.length);
  const left = items.entries();
  /** All workers share one iterator. */
  const worker = async () => {
    for (const [i, item] of left) results[i] = await map(item, i);
  };
  await Promise.all(Array.from({length: PARALLEL}, worker));
  return results;
}
