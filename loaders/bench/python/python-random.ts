import {Mt19937} from "./mt19937.js";

/** `random.Random(seed)` of CPython 3.11 and later, as far as vLLM's datasets use it. */
export class PythonRandom {
  readonly #bits: Mt19937;

  /** @param seed a whole number from 0 */
  constructor(seed: number) {
    this.#bits = Mt19937.fromWords(seed < 2 ** 32 ? [seed] : [seed % 2 ** 32, Math.floor(seed / 2 ** 32)]);
  }

  /** `random.shuffle(list)`, on a copy. */
  shuffled<T extends NonNullable<unknown>>(list: readonly T[]): T[] {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.#below(i + 1);
      const here = copy[i];
      const there = copy[j];
      if (here === undefined || there === undefined) continue;
      copy[i] = there;
      copy[j] = here;
    }
    return copy;
  }

  /** `random.choice(list)`. */
  choice<T extends NonNullable<unknown>>(list: readonly T[]): T {
    const item = list[this.#below(list.length)];
    if (item === undefined) throw new RangeError("choice: the list is empty");
    return item;
  }

  #below(n: number): number {
    const shift = Math.clz32(n);
    for (;;) {
      const value = this.#bits.uint32() >>> shift;
      if (value < n) return value;
    }
  }
}
