/** Allows for the rounding error of subtracting percents, as in 100 − 99.9. */
const TOLERANCE = 1e-6;

/** Whether a percentile of this many values is merely an extreme: fewer than one value lies beyond it. */
export function isExtreme(percent: number, values: number): boolean {
  return values * Math.min(percent, 100 - percent) < 100 - TOLERANCE;
}
