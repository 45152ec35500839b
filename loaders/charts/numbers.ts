import {formatNumber} from "../src/benchbook/format.js";

/** A number beside its mark: rounded to an integer, or to two digits if it is small. */
export function shortNumber(value: number, {percent = false}: {percent?: boolean} = {}): string {
  const size = Math.abs(value * (percent ? 100 : 1));
  const decimals = size === 0 ? 0 : Math.max(0, 1 - Math.floor(Math.log10(size)));
  return formatNumber(value, {decimals, ...(percent && {scale: "percent"})});
}
