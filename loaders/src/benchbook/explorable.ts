// The parts of interactive figures: a plot with axes, inputs, and the sentence with the result.
import {axisBottom, axisLeft} from "d3-axis";
import type {ScaleContinuousNumeric} from "d3-scale";
import {type Selection, select} from "d3-selection";
import {decimalsOf, formatNumber} from "./format.js";
import {make} from "./make.js";

export type Group = Selection<SVGGElement, unknown, null, undefined>;

/** An axis and its scale; the plot sets the scale's range. */
export interface PlotAxis {
  label: string;
  scale: ScaleContinuousNumeric<number, number>;
  /** About how many ticks, or their values. */
  ticks: number | readonly number[];
  /** The values are ratios, and the axis shows percentages. */
  percent?: boolean;
}

export interface PlotOptions {
  /** What the drawing shows, for readers who cannot see it. */
  alt: string;
  height: number;
  margin: {top: number; right: number; bottom: number; left: number};
  /** Room between the vertical axis and the least value of the horizontal axis. */
  inset?: number;
  x: PlotAxis;
  y: PlotAxis;
}

/** A drawing with axes; its content is drawn behind them or in front. */
export interface Plot {
  svg: Selection<SVGSVGElement, unknown, null, undefined>;
  back: Group;
  front: Group;
  /** Fits the drawing to a width in pixels; false if it fitted already. */
  fit(width: number): boolean;
  /** Redraws the axes after a domain has changed. */
  drawAxes(): void;
}

/** Makes a plot that has no width yet. */
export function makePlot(document: Document, {alt, height, margin, inset = 0, x, y}: PlotOptions): Plot {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("role", "img")
    .attr("aria-label", alt);
  const back = svg.append("g");
  const across = svg.append("g").attr("transform", `translate(0,${height - margin.bottom})`);
  const up = svg.append("g").attr("transform", `translate(${margin.left},0)`);
  const front = svg.append("g");
  svg.append("text").attr("x", 4).attr("y", 13).text(`↑ ${y.label}`);
  const label = svg
    .append("text")
    .attr("y", height - 4)
    .attr("text-anchor", "end")
    .text(`${x.label} →`);
  y.scale.range([height - margin.bottom, margin.top]);
  const drawAxes = () => {
    for (const [group, make, axis] of [
      [across, axisBottom, x],
      [up, axisLeft, y]
    ] as const) {
      const {values, write} = ticksOf(axis);
      group.call(make<number>(axis.scale).tickValues(values).tickFormat(write).tickSizeOuter(0));
    }
  };
  let fitted = Number.NaN;
  return {
    svg,
    back,
    front,
    drawAxes,
    fit(width) {
      if (width === fitted) return false;
      fitted = width;
      svg.attr("viewBox", `0 0 ${width} ${height}`);
      x.scale.range([margin.left + inset, width - margin.right]);
      label.attr("x", width - margin.right);
      drawAxes();
      return true;
    }
  };
}

function ticksOf({scale, ticks, percent}: PlotAxis): {values: number[]; write: (tick: number) => string} {
  const values = typeof ticks === "number" ? scale.ticks(ticks) : [...ticks];
  const factor = percent ? 100 : 1;
  const decimals = Math.max(...values.map((value) => decimalsOf(value * factor)));
  return {values, write: (tick) => formatNumber(tick * factor, {decimals})};
}

/** The sentence under the inputs, read aloud when it changes. `lines` reserves its height, so that nothing jumps. */
export function makeResult(document: Document, lines: number): HTMLElement {
  const result = document.createElement("p");
  result.className = "result";
  result.setAttribute("aria-live", "polite");
  result.style.setProperty("--lines", String(lines));
  return result;
}

export interface Slider {
  label: HTMLLabelElement;
  /** Shows a value, in digits and to screen readers. */
  show(value: number): void;
  enable(enabled: boolean): void;
}

/** A slider over a range; `write` formats its value. */
export function makeSlider(
  name: string,
  {min, max, step, write}: {min: number; max: number; step: number; write: (value: number) => string},
  changed: (value: number) => void
): Slider {
  const input = make("input", {type: "range", min: String(min), max: String(max), step: String(step)});
  const output = make("output", {});
  const show = (value: number) => {
    input.value = String(value);
    output.textContent = write(value);
    input.setAttribute("aria-valuetext", write(value));
  };
  input.addEventListener("input", () => {
    show(input.valueAsNumber);
    changed(input.valueAsNumber);
  });
  return {
    // If the output came before the input, the label would belong to the output.
    label: make("label", {}, make("span", {}, name), input, output),
    show,
    enable(enabled) {
      input.disabled = !enabled;
    }
  };
}

/** A choice among names; `changed` receives the new one. */
export function makeChoice(
  name: string,
  options: readonly string[],
  chosen: number,
  changed: (index: number) => void
): HTMLLabelElement {
  const input = make("select", {}, ...options.map((option) => make("option", {}, option)));
  input.selectedIndex = chosen;
  input.addEventListener("input", () => changed(input.selectedIndex));
  return make("label", {}, make("span", {}, name), input);
}
