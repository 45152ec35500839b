// numpy.random.default_rng(seed).integers, bit for bit: SeedSequence, PCG64 (XSL-RR 128/64) and Lemire's
// bounded integers (numpy 2: _bit_generator.pyx, pcg64.h, distributions.c:1312-1348, 1545-1583).

const MASK_64 = (1n << 64n) - 1n;
const MASK_128 = (1n << 128n) - 1n;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;

/** A private generator, like the one that vLLM's datasets have. */
export class Pcg64 {
  #state: bigint;
  readonly #increment: bigint;
  #spare: number | null = null;

  /** @param seed a whole number from 0 */
  constructor(seed: number) {
    const [a, b, c, d] = seedSequence(seed);
    this.#increment = ((((c << 64n) | d) << 1n) | 1n) & MASK_128;
    this.#state = (this.#increment + ((a << 64n) | b)) & MASK_128;
    this.#step();
  }

  /**
   * `rng.integers(low, high, count)`: integers from `low` to `high - 1`, for spans up to 2^32. As in numpy, a span of
   * one value draws nothing, and an unused half of a 64-bit word is kept for the next call.
   */
  integers(low: number, high: number, count: number): number[] {
    const range = high - 1 - low;
    if (!(range >= 0)) throw new RangeError(`integers: low ${low} is not below high ${high}`);
    return Array.from({length: count}, () => (range === 0 ? low : low + this.#bounded(range)));
  }

  #bounded(range: number): number {
    if (range === 0xffffffff) return this.#next32();
    const span = BigInt(range + 1);
    let product = BigInt(this.#next32()) * span;
    let leftover = product & 0xffffffffn;
    if (leftover < span) {
      const threshold = (0x100000000n - span) % span;
      while (leftover < threshold) {
        product = BigInt(this.#next32()) * span;
        leftover = product & 0xffffffffn;
      }
    }
    return Number(product >> 32n);
  }

  #next32(): number {
    if (this.#spare !== null) {
      const high = this.#spare;
      this.#spare = null;
      return high;
    }
    const word = this.#next64();
    this.#spare = Number(word >> 32n);
    return Number(word & 0xffffffffn);
  }

  #next64(): bigint {
    this.#step();
    const folded = (this.#state >> 64n) ^ (this.#state & MASK_64);
    const turn = this.#state >> 122n;
    return ((folded >> turn) | (folded << (64n - turn))) & MASK_64;
  }

  #step(): void {
    this.#state = (this.#state * MULTIPLIER + this.#increment) & MASK_128;
  }
}

/** The four 64-bit words of `SeedSequence(seed).generate_state(4, uint64)`. */
function seedSequence(seed: number): [bigint, bigint, bigint, bigint] {
  const entropy = words32(seed);
  let hash = 0x43b0d7e5;
  const mixed = (value: number): number => {
    let v = (value ^ hash) >>> 0;
    hash = Math.imul(hash, 0x931e8875) >>> 0;
    v = Math.imul(v, hash) >>> 0;
    return (v ^ (v >>> 16)) >>> 0;
  };
  const mix = (x: number, y: number): number => {
    const v = (Math.imul(x, 0xca01f9dd) - Math.imul(y, 0x4973f715)) >>> 0;
    return (v ^ (v >>> 16)) >>> 0;
  };
  const pool = Uint32Array.from({length: 4}, (_, i) => mixed(entropy[i] ?? 0));
  const at = (i: number): number => pool[i] ?? 0;
  for (let source = 0; source < 4; source++) {
    for (let target = 0; target < 4; target++) {
      if (source !== target) pool[target] = mix(at(target), mixed(at(source)));
    }
  }
  let output = 0x8b51f9dd;
  const words = Array.from({length: 8}, (_, i) => {
    let v = (at(i % 4) ^ output) >>> 0;
    output = Math.imul(output, 0x58f38ded) >>> 0;
    v = Math.imul(v, output) >>> 0;
    return BigInt((v ^ (v >>> 16)) >>> 0);
  });
  const word = (i: number) => (words[i] ?? 0n) | ((words[i + 1] ?? 0n) << 32n);
  return [word(0), word(2), word(4), word(6)];
}

function words32(seed: number): number[] {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`seed ${seed} is not a whole number from 0`);
  return seed < 2 ** 32 ? [seed] : [seed % 2 ** 32, Math.floor(seed / 2 ** 32)];
}
