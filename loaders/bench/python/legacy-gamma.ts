import {Mt19937} from "./mt19937.js";

/**
 * `np.random.seed(seed)`; each call is then `np.random.gamma(shape, scale)`, which draws vLLM's arrival times
 * (numpy 2: legacy-distributions.c:14-96).
 */
export function legacyGamma(seed: number): (shape: number, scale: number) => number {
  const bits = Mt19937.fromInteger(seed);
  const exponential = () => -Math.log(1 - bits.double());
  const gauss = legacyGauss(bits);

  const standard = (shape: number): number => {
    if (shape === 1) return exponential();
    if (shape < 1) {
      for (;;) {
        const u = bits.double();
        const v = exponential();
        if (u <= 1 - shape) {
          const x = u ** (1 / shape);
          if (x <= v) return x;
        } else {
          const y = -Math.log((1 - u) / shape);
          const x = (1 - shape + shape * y) ** (1 / shape);
          if (x <= v + y) return x;
        }
      }
    }
    const b = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * b);
    for (;;) {
      let x: number;
      let v: number;
      do {
        x = gauss();
        v = 1 + c * x;
      } while (v <= 0);
      v = v * v * v;
      const u = bits.double();
      if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
      if (Math.log(u) < 0.5 * x * x + b * (1 - v + Math.log(v))) return b * v;
    }
  };
  return (shape, scale) => scale * standard(shape);
}

/** The polar method: it draws two at a time, and keeps the first for the next call. */
function legacyGauss(bits: Mt19937): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    for (;;) {
      const x = 2 * bits.double() - 1;
      const y = 2 * bits.double() - 1;
      const r2 = x * x + y * y;
      if (r2 >= 1 || r2 === 0) continue;
      const f = Math.sqrt((-2 * Math.log(r2)) / r2);
      spare = f * x;
      return f * y;
    }
  };
}
