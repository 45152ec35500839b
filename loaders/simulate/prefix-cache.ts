export const BLOCK_SIZE = 16;

/** Remembers full blocks of prompt tokens by the chain that leads to them; the least recently used go first. */
export class PrefixCache {
  readonly #blocks = new Map<string, true>();
  readonly #capacity: number;

  constructor(capacityBlocks: number) {
    this.#capacity = capacityBlocks;
  }

  /** How many tokens of the prompt need no prefill. As in vLLM, the last token is always computed. */
  lookup(tokens: readonly number[]): number {
    let cached = 0;
    for (const key of chainKeys(tokens.slice(0, -1))) {
      if (!this.#blocks.has(key)) break;
      this.#touch(key);
      cached += BLOCK_SIZE;
    }
    return cached;
  }

  insert(tokens: readonly number[]): void {
    for (const key of chainKeys(tokens)) this.#touch(key);
    while (this.#blocks.size > this.#capacity) {
      const [oldest] = this.#blocks.keys();
      if (oldest === undefined) return;
      this.#blocks.delete(oldest);
    }
  }

  reset(): void {
    this.#blocks.clear();
  }

  #touch(key: string): void {
    this.#blocks.delete(key);
    this.#blocks.set(key, true);
  }
}

/** One key for each full block: two 32-bit hashes of all tokens up to its end. */
function* chainKeys(tokens: readonly number[]): Generator<string> {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (const [index, token] of tokens.entries()) {
    a = Math.imul(a ^ token, 0x01000193) >>> 0;
    b = Math.imul((b ^ token) + 0x7f4a7c15, 0x85ebca6b) >>> 0;
    b ^= b >>> 13;
    if ((index + 1) % BLOCK_SIZE === 0) yield `${a.toString(36)}.${(b >>> 0).toString(36)}`;
  }
}
