// Axes of numbers: which ticks stand where, and how they are written.
import {scaleLinear} from "d3-scale";
import {formatNumber} from "../src/benchbook/format.js";
import {LINE_HEIGHT, textWidth} from "./text-width.js";

/** An axis of numbers as a chart asks for it. */
export interface NumberAxis {
  /** What the axis shows, with its unit. */
  label: string;
  /** The least and the greatest value that it shows. */
  domain: readonly [number, number];
  scale?: "linear" | "log2" | "log10";
  /** The values are ratios, and the axis shows percentages. */
  percent?: boolean;
  /** About how many ticks; or the values that bear one, where there is room. */
  ticks?: number | readonly number[];
  /** Room between the frame and the least value, and between the greatest and the frame, in pixels. */
  inset?: readonly [number, number];
}

/** An axis on the page. Its places are pixels from the end with the least value. */
export interface Axis {
  ticks: number[];
  write(tick: number): string;
  place(value: number): number;
  /** The domain and the kind of scale, in Plot's words. */
  scale: {type: "linear" | "log"; base?: number; domain: [number, number]; percent?: true};
}

/** What a label takes along its axis, in pixels. */
type Extent = (label: string) => number;

const GAP = 4;
/** Beside each other. */
export const across: Extent = (label) => textWidth(label) + GAP;
/** One above the other. */
export const upwards: Extent = () => LINE_HEIGHT + GAP;

const bases = {linear: undefined, log2: 2, log10: 10};

/** Lays an axis out over a length in pixels, so that no two labels overlap. */
export function layAxis(asked: NumberAxis, length: number, extent: Extent): Axis {
  const {domain, scale = "linear", percent = false, ticks = 5, inset = [0, 0]} = asked;
  const factor = percent ? 100 : 1;
  const [from, to] = [domain[0] * factor, domain[1] * factor];
  const base = bases[scale];
  if (base !== undefined && from <= 0)
    throw new Error(
      `${from} has no place on a logarithmic axis; draw values above zero, or without a logarithm`
    );
  const along = base === undefined ? (value: number) => value : Math.log;
  const span = along(to) - along(from);
  const room = Math.max(1, length - inset[0] - inset[1]);
  const at = (tick: number) => inset[0] + (span === 0 ? 0.5 : (along(tick) - along(from)) / span) * room;
  const laid =
    typeof ticks !== "number"
      ? withRoom([...new Set(ticks)], at, (tick) => extent(written(tick)))
      : base === undefined
        ? linearTicks([from, to], ticks, at, extent)
        : withRoom(logTicks([from, to], base), at, (tick) => extent(written(tick)));
  const decimals = typeof ticks === "number" && base === undefined ? stepDecimals(laid) : undefined;
  return {
    ticks: laid,
    write: (tick) => written(tick, decimals),
    place: (value) => at(value * factor),
    scale: {
      type: base === undefined ? "linear" : "log",
      ...(base !== undefined && {base}),
      domain: [from, to],
      ...(percent && {percent})
    }
  };
}

/** A number of an axis, with the decimals it has. */
function written(value: number, decimals = decimalsOf(value)): string {
  return formatNumber(value, {decimals});
}

/** How many decimals a number has, of twelve digits. */
function decimalsOf(value: number): number {
  const [digits = "", exponent = "0"] = value.toPrecision(12).split("e");
  const fraction = (digits.split(".")[1] ?? "").replace(/0+$/, "").length;
  return Math.max(0, fraction - Number(exponent));
}

/** All ticks of a linear axis have the decimals of its step. */
function stepDecimals(ticks: readonly number[]): number {
  return Math.max(0, ...ticks.map(decimalsOf));
}

/** Round numbers, as many as asked for or fewer, until their labels have room. */
function linearTicks(
  domain: readonly [number, number],
  count: number,
  place: (tick: number) => number,
  extent: Extent
): number[] {
  for (let wanted = count; wanted > 0; wanted--) {
    const ticks = scaleLinear().domain(domain).ticks(wanted);
    const decimals = stepDecimals(ticks);
    const sizes = ticks.map((tick) => extent(written(tick, decimals)));
    const fits = ticks.every((tick, i) => {
      const next = ticks[i + 1];
      return next === undefined || place(next) - place(tick) >= ((sizes[i] ?? 0) + (sizes[i + 1] ?? 0)) / 2;
    });
    if (fits) return ticks;
  }
  return [];
}

/** Powers of the base; of ten also twice and five times those, where there are few. */
function logTicks([from, to]: readonly [number, number], base: number): number[] {
  const exponents = range(
    Math.floor(Math.log(from) / Math.log(base)),
    Math.ceil(Math.log(to) / Math.log(base))
  );
  const within = (tick: number) => tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9);
  const powers = exponents.map((exponent) => base ** exponent).filter(within);
  if (base !== 10 || powers.length > 2) return powers;
  return exponents
    .flatMap((exponent) => [1, 2, 5].map((step) => round(step * 10 ** exponent)))
    .filter(within);
}

/** The values without those whose labels would run into that of a greater one. */
function withRoom(
  values: readonly number[],
  place: (value: number) => number,
  size: (value: number) => number
): number[] {
  const shown: number[] = [];
  for (const value of [...values].sort((a, b) => b - a)) {
    const [next] = shown;
    if (next === undefined || place(next) - place(value) >= (size(value) + size(next)) / 2)
      shown.unshift(value);
  }
  return shown;
}

/** The axis of concurrencies: logarithmic, with a tick at each one measured that has room. */
export function concurrencyAxis(concurrencies: readonly number[]): NumberAxis {
  return {label: "Concurrency", domain: extentOf(concurrencies), scale: "log2", ticks: concurrencies};
}

/** The least and the greatest of values, which may be none. */
export function extentOf(values: readonly number[]): [number, number] {
  return values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
}

/** The decades that values lie in. */
export function decadesOf(values: readonly number[]): [number, number] {
  const [least, most] = extentOf(values);
  return [round(10 ** Math.floor(Math.log10(least))), round(10 ** Math.ceil(Math.log10(most)))];
}

function range(from: number, to: number): number[] {
  return Array.from({length: to - from + 1}, (_, i) => from + i);
}

/** Without the noise that powers of ten leave behind. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
