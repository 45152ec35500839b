// What both drawings of the surface of speed-ups have in common.

import {number} from "benchbook/charts/columns";
import {z} from "zod";

/** A measured speed-up, and the cost of a step it stands for at the stated acceptance. */
export const point = z.object({
  concurrency: number,
  speedup: number,
  /** Time of a step with speculation in times of a plain step. */
  cost: number
});

export const options = z.strictObject({
  /** The stated acceptance rate, of 1, at which the points are drawn. */
  acceptance: number
});

/** A band of speed-ups that the surface shows in one colour. */
export interface Band {
  from: number;
  to: number;
  color: string;
  opacity: number;
}

/** Speed-ups between which the surface has one colour. */
export const LEVELS = [0, 0.6, 0.8, 1, 1.2, 1.5, Number.POSITIVE_INFINITY];
const OPACITIES = [0.5, 0.34, 0.16, 0.16, 0.34, 0.5];

export const bands: readonly Band[] = OPACITIES.map((opacity, i) => {
  const [from = 0, to = from] = LEVELS.slice(i);
  return {from, to, color: from < 1 ? "var(--loss)" : "var(--gain)", opacity};
});

/** The levels that are lines on the surface. */
export const CONTOURS = LEVELS.slice(1, -1);

/** The least multiple of 0.2 that is not below a value. */
export function fifthAbove(value: number): number {
  return Math.ceil(Math.round(value * 5e9) / 1e9) / 5;
}
