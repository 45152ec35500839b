// Number axes: where their ticks are, and how they are written.
import {scaleLinear} from "d3-scale";
import {decimalsOf, formatNumber} from "../src/benchbook/format.js";
import {LINE_HEIGHT, textWidth} from "./text-width.js";

/** A number axis as a chart asks for it. */
export interface NumberAxis {
  /** What the axis shows, with the unit. */
  label: string;
  /** The least and the greatest value shown. */
  domain: readonly [number, number];
  scale?: "linear" | "log2" | "log10";
  /** The values are ratios, and the axis shows percentages. */
  percent?: boolean;
  /** About how many ticks; or the values that get one, if there is room. */
  ticks?: number | readonly number[];
  /** Room between the frame and the least value, and between the greatest and the frame, in pixels. */
  inset?: readonly [number, number];
}

/** A marked value of an axis. */
interface Tick {
  value: number;
  text: string;
  /** Pixels from the end with the least value. */
  at: number;
}

/** An axis on the page. */
export interface Axis {
  ticks: Tick[];
  /** Pixels from the end with the least value. */
  place(value: number): number;
  /** The axis in Plot's words. */
  options: {
    type: "linear" | "log";
    base?: number;
    domain: [number, number];
    percent: boolean;
    ticks: number[];
    tickFormat: (value: number) => string;
  };
}

/** The pixels that a label takes along its axis. */
type Extent = (label: string) => number;

const GAP = 4;
/** For labels beside each other. */
export const across: Extent = (label) => textWidth(label) + GAP;
/** For labels one above the other. */
export const upwards: Extent = () => LINE_HEIGHT + GAP;

const bases = {linear: undefined, log2: 2, log10: 10};
const TICKS = 5;
/** An axis over more doublings than this is marked by powers of ten. */
const DOUBLINGS = 6;

/** Lays out an axis over a length in pixels, so that no two labels overlap. */
export function layAxis(asked: NumberAxis, length: number, extent: Extent): Axis {
  const factor = asked.percent ? 100 : 1;
  const domain: [number, number] = [asked.domain[0] * factor, asked.domain[1] * factor];
  const base = bases[asked.scale ?? "linear"];
  const place = placing(domain, base, length, asked.inset ?? [0, 0]);
  const tick = (value: number, decimals = decimalsOf(value)): Tick => ({
    value,
    text: formatNumber(value, {decimals}),
    at: place(value)
  });
  const {ticks = TICKS} = asked;
  const laid =
    typeof ticks !== "number"
      ? withRoom(
          ticks.map((value) => tick(value)),
          extent
        )
      : base === undefined
        ? linearTicks(domain, ticks, tick, extent)
        : withRoom(
            logTicks(domain, base).map((value) => tick(value)),
            extent
          );
  const texts = new Map(laid.map(({value, text}) => [value, text]));
  return {
    ticks: laid,
    place: (value) => place(value * factor),
    options: {
      type: base === undefined ? "linear" : "log",
      ...(base !== undefined && {base}),
      domain,
      percent: factor === 100,
      ticks: [...texts.keys()],
      tickFormat: (value) => texts.get(value) ?? ""
    }
  };
}

/** The scale of an axis: from values to places. */
function placing(
  [from, to]: readonly [number, number],
  base: number | undefined,
  length: number,
  [before, after]: readonly [number, number]
): (value: number) => number {
  if (base !== undefined && from <= 0)
    throw new Error(
      `${from} has no place on a logarithmic axis; draw values above zero, or use a linear axis`
    );
  const along = base === undefined ? (value: number) => value : Math.log;
  const span = along(to) - along(from);
  const room = Math.max(1, length - before - after);
  return (value) => before + (span === 0 ? 0.5 : (along(value) - along(from)) / span) * room;
}

/** Round numbers with equal decimals, as many as asked for, or fewer if their labels lack room. */
function linearTicks(
  domain: readonly [number, number],
  count: number,
  tick: (value: number, decimals: number) => Tick,
  extent: Extent
): Tick[] {
  for (let wanted = count; wanted > 0; wanted--) {
    const values = scaleLinear().domain(domain).ticks(wanted);
    const decimals = Math.max(0, ...values.map(decimalsOf));
    const ticks = values.map((value) => tick(value, decimals));
    if (withRoom(ticks, extent).length === ticks.length) return ticks;
  }
  return [];
}

/** Powers of the base; if few of ten, also two and five times those; if no power is in range, round numbers. */
function logTicks([from, to]: readonly [number, number], base: number): number[] {
  const exponents = range(
    Math.floor(Math.log(from) / Math.log(base)),
    Math.ceil(Math.log(to) / Math.log(base))
  );
  const multiples = (steps: readonly number[]) =>
    exponents
      .flatMap((exponent) => steps.map((step) => round(step * base ** exponent)))
      .filter((tick) => tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9));
  const powers = multiples([1]);
  if (powers.length > 2 || (base !== 10 && powers.length > 1)) return powers;
  const few = base === 10 ? multiples([1, 2, 5]) : powers;
  return few.length > 1 ? few : scaleLinear().domain([from, to]).ticks(TICKS);
}

/** Drops ticks whose labels would overlap the label of a greater one. */
function withRoom(ticks: readonly Tick[], extent: Extent): Tick[] {
  const shown: Tick[] = [];
  for (const tick of [...ticks].sort((a, b) => b.value - a.value)) {
    const [next] = shown;
    if (next === undefined || next.at - tick.at >= (extent(tick.text) + extent(next.text)) / 2)
      shown.unshift(tick);
  }
  return shown;
}

/** The logarithm that suits the values: base two if they span a few doublings, otherwise base ten. */
export function logarithmOf(values: readonly number[]): "log2" | "log10" {
  const [least, most] = extentOf(values);
  return most / least > 2 ** DOUBLINGS ? "log10" : "log2";
}

/** A logarithmic axis of concurrencies, with a tick at each measured one that has room. */
export function concurrencyAxis(concurrencies: readonly number[]): NumberAxis {
  return {label: "Concurrency", domain: extentOf(concurrencies), scale: "log2", ticks: concurrencies};
}

/** The least and the greatest value; 0 and 1 if there are none. */
export function extentOf(values: readonly number[]): [number, number] {
  return values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
}

/** The whole decades that contain the values. */
export function decadesOf(values: readonly number[]): [number, number] {
  const [least, most] = extentOf(values);
  return [round(10 ** Math.floor(Math.log10(least))), round(10 ** Math.ceil(Math.log10(most)))];
}

function range(from: number, to: number): number[] {
  return Array.from({length: to - from + 1}, (_, i) => from + i);
}

/** Removes the floating-point noise of powers of ten. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
