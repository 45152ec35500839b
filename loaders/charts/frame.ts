// The frame of a figure: axes, and margins with room for their labels.
import {type Axis, across, layAxis, type NumberAxis, upwards} from "./axis.js";
import type {FigureOptions} from "./chart.js";
import {FONT_SIZE, fitted, LINE_HEIGHT, textWidth} from "./text-width.js";

/** An axis of names, from top to bottom. */
export interface NameAxis {
  names: readonly string[];
  /** What the names are; written above the first. */
  label?: string;
}

export interface FrameOptions {
  x: NumberAxis;
  y: NumberAxis | NameAxis;
  /** Default height. */
  height?: number;
  /** The least height of the frame that the drawing needs, whatever the page asks for. */
  innerHeight?: number;
  /** Room around the frame besides that for the axes. */
  right?: number;
  top?: number;
}

const LEFT = 48;
const RIGHT = 16;
const TOP = 28;
const BOTTOM = 40;
/** From the frame to the label of a tick. */
const TICK = 9;
/** From a label to the edge of the figure. */
export const EDGE = 3;
/** From one two-line name to the next. */
const TWO_LINES = 2 * LINE_HEIGHT + 6;
/** The largest share of the width for names beside the frame. */
export const NAMES_SHARE = 0.4;

export type Frame = ReturnType<typeof frame>;

/** The options that all plots share, and the places of things in them. */
export function frame(figure: FigureOptions, options: FrameOptions) {
  const {document, width} = figure;
  const xLabel = fitted(`${options.x.label} →`, width - 2 * EDGE);
  const yLabel = fitted(
    "names" in options.y ? (options.y.label ?? "") : `↑ ${options.y.label}`,
    width - 2 * EDGE
  );
  const marginTop = (options.top ?? TOP) + extraLines(yLabel);
  const marginBottom = BOTTOM + extraLines(xLabel);
  const height = Math.max(
    (figure.height ?? options.height ?? defaultHeight(width)) + extraLines(yLabel) + extraLines(xLabel),
    (options.innerHeight ?? 0) + marginTop + marginBottom,
    ("names" in options.y ? heightOfNames(options.y.names, width) : 0) + marginTop + marginBottom
  );
  const innerHeight = height - marginTop - marginBottom;
  const y = "names" in options.y ? undefined : layAxis(options.y, innerHeight, upwards);
  const marginLeft = "names" in options.y ? namesRoom(options.y.names, width) : ticksRoom(y);
  const {marginRight, x} = layAcross(options.x, width - marginLeft, options.right ?? RIGHT);
  return {
    plot: {
      document,
      width,
      height,
      marginLeft,
      marginRight,
      marginTop,
      marginBottom,
      style: {background: "none", color: "inherit", fontSize: `${FONT_SIZE}px`, fontFamily: "var(--sans)"}
    },
    /** Plot's options for the axes. */
    x: {
      ...x.options,
      label: xLabel.join("\n"),
      insetLeft: options.x.inset?.[0] ?? 0,
      insetRight: options.x.inset?.[1] ?? 0
    },
    y: {
      label: yLabel.length > 0 ? yLabel.join("\n") : null,
      labelAnchor: "top" as const,
      ...("names" in options.y
        ? nameOptions(options.y.names, marginLeft)
        : {
            ...y?.options,
            insetBottom: options.y.inset?.[0] ?? 0,
            insetTop: options.y.inset?.[1] ?? 0
          })
    },
    innerWidth: width - marginLeft - marginRight,
    innerHeight,
    /** Pixels from the left of the frame. */
    toX: x.place,
    /** How far a text centred at a place must move to stay inside the figure. */
    inward: (place: number, length: number) =>
      Math.max(0, EDGE + length / 2 - marginLeft - place) -
      Math.max(0, marginLeft + place + length / 2 + EDGE - width),
    /** Pixels from the top of the frame. */
    toY: (value: number) => innerHeight - (y?.place(value) ?? 0)
  };
}

function defaultHeight(width: number): number {
  return Math.round(Math.max(220, Math.min(340, width * 0.5)));
}

function extraLines(lines: readonly string[]): number {
  return Math.max(0, lines.length - 1) * LINE_HEIGHT;
}

/** Room on the left for tick labels. */
function ticksRoom(axis: Axis | undefined): number {
  const widest = Math.max(0, ...(axis?.ticks ?? []).map(({text}) => textWidth(text)));
  return Math.max(LEFT, Math.ceil(widest + TICK + EDGE));
}

/** Room on the left for names. */
function namesRoom(names: readonly string[], width: number): number {
  const widest = Math.max(0, ...names.map((name) => textWidth(name)));
  return Math.max(LEFT, Math.ceil(Math.min(widest, NAMES_SHARE * width) + TICK + EDGE));
}

/** The height of the frame that two-line names need. */
function heightOfNames(names: readonly string[], width: number): number {
  const room = namesRoom(names, width);
  const isBroken = names.some((name) => nameLines(name, room).length > 1);
  return isBroken ? (names.length + 0.5) * TWO_LINES : 0;
}

function nameLines(name: string, room: number): string[] {
  return fitted(name, room - TICK - EDGE, {lines: 2});
}

function nameOptions(names: readonly string[], room: number) {
  return {
    tickSize: 0,
    domain: [...names],
    tickFormat: (name: string) => nameLines(name, room).join("\n")
  };
}

/** Lays out the axis at the bottom; half of its last label may stick out of the frame. */
function layAcross(asked: NumberAxis, width: number, right: number): {marginRight: number; x: Axis} {
  const x = layAxis(asked, width - right, across);
  const end = Math.max(...x.ticks.map(({text, at}) => at + textWidth(text) / 2));
  const missing = Math.ceil(end - width);
  return missing > 0 ? layAcross(asked, width, right + missing) : {marginRight: right, x};
}
