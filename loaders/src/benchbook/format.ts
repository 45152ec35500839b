// The only place where a number becomes text, both in the build and in the browser.

const MINUS = "\u2212";
const NARROW_SPACE = "\u202f";
const NO_BREAK_SPACE = "\u00a0";

/** How the numbers of a family of facts are written. */
export interface Format {
  /** Digits after the decimal point, after scaling. */
  decimals: number;
  /** `percent` writes a ratio × 100 with a percent sign. */
  scale?: "percent";
  /** Writes a plus sign before positive numbers. */
  signed?: boolean;
  /** The unit as written after the number; none if absent. */
  unit?: string;
}

/**
 * Reads a format in the notation of D3: `.1f` one decimal, `.0%` a ratio as a percentage, `+` signed;
 * a unit may follow after a space, as in `+.0f ms`. Undefined if it is none of these.
 */
export function parseFormat(specifier: string): Format | undefined {
  const [, sign, decimals, type, unit] = /^(\+?)\.(\d)([f%])(?: (\S+))?$/.exec(specifier) ?? [];
  if (decimals === undefined) return;
  return {
    decimals: Number(decimals),
    ...(sign === "+" && {signed: true}),
    ...(type === "%" && {scale: "percent" as const}),
    ...(unit !== undefined && {unit})
  };
}

/** Writes `12345.6` as `12 345.6`, `1234.5` as it is and `-3` as `−3`, without a unit. */
export function formatNumber(value: number, {decimals, scale, signed}: Format): string {
  const scaled = scale === "percent" ? value * 100 : value;
  const fixed = roundHalfAway(Math.abs(scaled), decimals).toFixed(decimals);
  const isZero = Number(fixed) === 0;
  const [whole = "", fraction] = fixed.split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE) : whole;
  const sign = isZero ? "" : scaled < 0 ? MINUS : signed ? "+" : "";
  return sign + grouped + (fraction === undefined ? "" : `.${fraction}`);
}

/** How many decimals a number has within twelve digits, as an axis needs for its ticks. */
export function decimalsOf(value: number): number {
  const [digits = "", exponent = "0"] = value.toPrecision(12).split("e");
  const fraction = (digits.split(".")[1] ?? "").replace(/0+$/, "").length;
  return Math.max(0, fraction - Number(exponent));
}

/** The number with its unit: `+42 %`, `58.2 tok/s`. */
export function formatValue(value: number, format: Format): string {
  return formatNumber(value, format) + unitSuffix(format);
}

/** The interval, one digit finer than the number and without its unit: `[+39.2, +44.2]`. */
export function formatInterval(low: number, high: number, format: Format): string {
  const finer = {...format, decimals: format.decimals + 1};
  return `[${formatNumber(low, finer)},${NARROW_SPACE}${formatNumber(high, finer)}]`;
}

function unitSuffix({scale, unit}: Format): string {
  const written = scale === "percent" ? "%" : unit;
  return written === undefined ? "" : (written === "%" ? NARROW_SPACE : NO_BREAK_SPACE) + written;
}

/** Rounds .5 away from zero, as readers do, and takes a number such as 1.005 as printed, not as stored. */
function roundHalfAway(value: number, decimals: number): number {
  return shift(Math.round(shift(Number(value.toPrecision(15)), decimals)), -decimals);
}

/** Moves the decimal point in the notation, because multiplying by a power of ten would add an error. */
function shift(value: number, places: number): number {
  const [digits, exponent = "0"] = String(value).split("e");
  return Number(`${digits}e${Number(exponent) + places}`);
}
