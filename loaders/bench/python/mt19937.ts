// The Mersenne twister behind both Python generators (numpy 2: mt19937.c; CPython: _randommodule.c).

const N = 624;
const M = 397;

/** Draws 32 bits or doubles; seeded like numpy (`fromInteger`) or like Python (`fromWords`). */
export class Mt19937 {
  readonly #state = new Uint32Array(N);
  #position = N;

  private constructor(seed: number) {
    let value = seed >>> 0;
    for (let i = 0; i < N; i++) {
      this.#state[i] = value;
      value = (Math.imul(1812433253, value ^ (value >>> 30)) + i + 1) >>> 0;
    }
  }

  /** Like `np.random.seed(seed)`, with a seed from 0 to 2^32 - 1. */
  static fromInteger(seed: number): Mt19937 {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(`seed ${seed} is not a whole number from 0 to 4294967295`);
    }
    return new Mt19937(seed);
  }

  /** Like `init_by_array(words)`, which Python's `random.seed` calls. */
  static fromWords(words: readonly number[]): Mt19937 {
    const generator = new Mt19937(19650218);
    const s = generator.#state;
    let i = 1;
    const previous = () => (s[i - 1] ?? 0) ^ ((s[i - 1] ?? 0) >>> 30);
    const advance = () => {
      i += 1;
      if (i < N) return;
      s[0] = s[N - 1] ?? 0;
      i = 1;
    };
    for (let k = 0; k < Math.max(N, words.length); k++) {
      const j = k % words.length;
      s[i] = ((s[i] ?? 0) ^ Math.imul(previous(), 1664525)) + (words[j] ?? 0) + j;
      advance();
    }
    for (let k = 0; k < N - 1; k++) {
      s[i] = ((s[i] ?? 0) ^ Math.imul(previous(), 1566083941)) - i;
      advance();
    }
    s[0] = 0x80000000;
    return generator;
  }

  /** 53 random bits in [0, 1). */
  double(): number {
    const a = this.uint32() >>> 5;
    const b = this.uint32() >>> 6;
    return (a * 67108864 + b) / 9007199254740992;
  }

  uint32(): number {
    if (this.#position === N) this.#refill();
    let y = this.#state[this.#position++] ?? 0;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #refill(): void {
    const s = this.#state;
    for (let i = 0; i < N; i++) {
      const y = ((s[i] ?? 0) & 0x80000000) | ((s[(i + 1) % N] ?? 0) & 0x7fffffff);
      s[i] = (s[(i + M) % N] ?? 0) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#position = 0;
  }
}
