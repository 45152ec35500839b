// The common parts of both drawings of the speed-up surface.
import {number} from "benchbook/charts/columns";
import {z} from "zod";

/** A measured speed-up, and the step cost that it implies at the stated acceptance. */
export const point = z.object({
  concurrency: number,
  speedup: number,
  /** Time of a step with speculation, in plain steps. */
  cost: number
});

export const options = z.strictObject({
  /** The stated acceptance rate, from 0 to 1, at which the points are drawn. */
  acceptance: number
});

/** A band of speed-ups shown in one colour. */
export interface Band {
  from: number;
  to: number;
  color: string;
  opacity: number;
}

/** The bounds of the bands. */
export const LEVELS = [0, 0.6, 0.8, 1, 1.2, 1.5, Number.POSITIVE_INFINITY];
const OPACITIES = [0.5, 0.34, 0.16, 0.16, 0.34, 0.5];

export const bands: readonly Band[] = OPACITIES.map((opacity, i) => {
  const [from = 0, to = from] = LEVELS.slice(i);
  return {from, to, color: from < 1 ? "var(--loss)" : "var(--gain)", opacity};
});

/** The levels drawn as lines. */
export const CONTOURS = LEVELS.slice(1, -1);

/** The least multiple of 0.2 at or above a value. */
export function fifthAbove(value: number): number {
  return Math.ceil(Math.round(value * 5e9) / 1e9) / 5;
}
