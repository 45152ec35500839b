import {contours} from "d3-contour";
import {type ScaleLinear, scaleLinear} from "d3-scale";
import {line} from "d3-shape";
import {makeChoice, makePlot, makeResult, makeSlider, type Plot} from "../benchbook/explorable.js";
import {formatNumber} from "../benchbook/format.js";
import {make} from "../benchbook/make.js";
import {spread, spreadBeside} from "../benchbook/spread.js";
import type {SpeculationData} from "./speculation.schema.js";
import {
  breakEvenAcceptance,
  expectedSpeedup,
  type Speculation,
  stepCost,
  tokensPerStep
} from "./speculation-model.js";

type Point = SpeculationData["points"][number];

interface Panel extends Plot {
  x: ScaleLinear<number, number>;
  y: ScaleLinear<number, number>;
}

const WIDTH = 360;
const HEIGHT = 312;
const MARGIN = {top: 38, bottom: 38, left: 40};
/** Room to the right of the surface for the labels of its contours, and of the curve. */
const RIGHT = {surface: 46, curve: 14};
const LABEL_GAP = 14;
const GRID = 48;
const LEVELS = [0, 0.6, 0.8, 1, 1.2, 1.5, 2, 3];
const OPACITY = [0.5, 0.34, 0.16, 0.16, 0.3, 0.42, 0.54, 0.66];

const sliders = [
  {name: "acceptance", label: "Acceptance rate", min: 0, max: 1, step: 0.001, decimals: 1, percent: true},
  {name: "draftTokens", label: "Draft tokens k", min: 1, max: 8, step: 1, decimals: 0, percent: false},
  {
    name: "verification",
    label: "Verification v (plain steps)",
    min: 1,
    max: 4,
    step: 0.001,
    decimals: 3,
    percent: false
  },
  {
    name: "draft",
    label: "Draft and the rest c (plain steps a token)",
    min: 0,
    max: 1.5,
    step: 0.001,
    decimals: 3,
    percent: false
  }
] as const;

/** The first state: the highest concurrency whose verification has a price. */
function startOf({acceptance, points}: SpeculationData): Speculation {
  return fromPoint(
    points.findLast(({verification}) => verification !== null),
    acceptance
  );
}

/** Draws the first state, in words and as two plots, for print and pages without scripts. */
export function drawStart(element: HTMLElement, data: SpeculationData): void {
  const root = element.ownerDocument.createElement("div");
  element.append(root);
  makeOutput(root, data)(startOf(data));
}

/** Draws the sliders, the surface and the curve, and redraws them on every change. */
export function mount(element: HTMLElement, data: SpeculationData): void {
  const presets = data.points.filter(({verification}) => verification !== null);
  const state = startOf(data);
  const inputs = sliders.map(({name, label, decimals, percent, ...range}) => ({
    name,
    ...makeSlider(label, {...range, write: (value) => written(value, decimals, percent)}, (value) => {
      state[name] = value;
      show(state);
    })
  }));
  const choice = makeChoice(
    "Start from the benchmark at concurrency ",
    presets.map(({concurrency}) => String(concurrency)),
    presets.length - 1,
    (index) => {
      Object.assign(state, fromPoint(presets[index], data.acceptance));
      showInputs();
      show(state);
    }
  );
  const showInputs = () => {
    for (const {name, show} of inputs) show(state[name]);
  };
  showInputs();
  const root = make(
    "div",
    {},
    make("div", {className: "controls"}, choice, ...inputs.map(({label}) => label))
  );
  element.append(root);
  const show = makeOutput(root, data);
  show(state);
}

/** Appends the sentence and the two plots; the returned function shows a state in them. */
function makeOutput(root: HTMLElement, data: SpeculationData): (state: Speculation) => void {
  const document = root.ownerDocument;
  const result = makeResult(document, 2);
  const surface = panel(
    document,
    "Cost of a step (plain steps)",
    "Contours of the speed-up over acceptance and cost of a step",
    RIGHT.surface
  );
  const curve = panel(document, "Speed-up", "Speed-up over acceptance at the chosen cost", RIGHT.curve);
  const plots = document.createElement("div");
  plots.className = "plots";
  for (const {svg} of [surface, curve]) plots.append(svg.node() ?? "");
  root.append(result, plots);
  let drawnTokens = Number.NaN;
  return (state) => {
    if (state.draftTokens !== drawnTokens) {
      drawSurface(surface, state.draftTokens, data);
      drawnTokens = state.draftTokens;
    }
    drawChosen(surface, state.acceptance, Math.min(stepCost(state), surface.y.domain()[1] ?? 0));
    drawCurve(curve, state, data);
    const text = sentence(state);
    if (result.textContent !== text) result.textContent = text;
  };
}

/** The costs that reproduce a measured speed-up at the stated acceptance. */
function fromPoint(point: Point | undefined, acceptance: number): Speculation {
  const verification = point?.verification ?? 1;
  return {acceptance, draftTokens: 1, verification, draft: (point?.cost ?? 1) - verification};
}

function sentence(state: Speculation): string {
  const speedup = expectedSpeedup(state);
  const needed = breakEvenAcceptance(state);
  const pays = speedup > 1 ? "It pays" : "It does not pay";
  const threshold =
    needed === null
      ? "At this cost no acceptance rate breaks even."
      : `It breaks even at an acceptance rate of ${written(needed, 1, true)}.`;
  return `${pays}: ${written(tokensPerStep(state.acceptance, state.draftTokens), 3, false)} tokens per step at the cost of ${written(stepCost(state), 3, false)} plain steps, a speed-up of ${written(speedup, 3, false)}. ${threshold}`;
}

function written(value: number, decimals: number, percent: boolean): string {
  const number = formatNumber(value, {decimals, ...(percent && {scale: "percent" as const})});
  return percent ? `${number}\u202f%` : number;
}

function panel(document: Document, label: string, alt: string, right: number): Panel {
  const [x, y] = [scaleLinear([0, 1], [0, 1]), scaleLinear([0, 1], [0, 1])];
  const plot = makePlot(document, {
    alt,
    height: HEIGHT,
    margin: {...MARGIN, right},
    x: {label: "Acceptance rate (%)", scale: x, ticks: 5, percent: true},
    y: {label, scale: y, ticks: 6}
  });
  plot.fit(WIDTH);
  return {...plot, x, y};
}

/** The contours depend on k alone, because acceptance and cost are the axes. */
function drawSurface(target: Panel, draftTokens: number, {acceptance, points}: SpeculationData): void {
  const {x, y, back} = target;
  y.domain([1, Math.max(2.5, draftTokens + 1)]);
  target.drawAxes();
  back.selectAll("*").remove();
  const [least = 1, most = 2] = y.domain();
  const values = Array.from({length: GRID * GRID}, (_, i) => {
    const a = (i % GRID) / (GRID - 1);
    const cost = least + ((most - least) * Math.floor(i / GRID)) / (GRID - 1);
    return tokensPerStep(a, draftTokens) / cost;
  });
  const toX = (column: number) => x(Math.min(1, Math.max(0, (column - 0.5) / (GRID - 1))));
  const toY = (row: number) => y(least + (most - least) * Math.min(1, Math.max(0, (row - 0.5) / (GRID - 1))));
  const shapes = contours().size([GRID, GRID]).thresholds(LEVELS)(values);
  const path = ({coordinates}: {coordinates: number[][][][]}) =>
    coordinates
      .flat()
      .map(
        (ring) =>
          `M${ring.map(([column = 0, row = 0]) => `${toX(column).toFixed(1)},${toY(row).toFixed(1)}`).join("L")}Z`
      )
      .join("");
  shapes.forEach((shape, i) => {
    const next = shapes[i + 1];
    back
      .append("path")
      .attr("d", path(shape) + (next ? path(next) : ""))
      .attr("fill-rule", "evenodd")
      .attr("fill", shape.value < 1 ? "var(--loss)" : "var(--gain)")
      .attr("fill-opacity", OPACITY[i] ?? 0.5);
  });
  const edge = Array.from({length: GRID}, (_, i) => i / (GRID - 1)).map((a): [number, number] => [
    x(a),
    y(tokensPerStep(a, draftTokens))
  ]);
  back
    .append("path")
    .attr("d", line()(edge))
    .attr("fill", "none")
    .attr("stroke", "currentColor")
    .attr("stroke-width", 2.5);
  drawLevels(target, draftTokens);
  if (draftTokens === 1)
    drawMeasured(
      target,
      acceptance,
      points.map(({concurrency, cost}) => ({concurrency, value: cost})),
      tokensPerStep(acceptance, draftTokens)
    );
}

/** Writes the speed-up of each contour where it leaves the frame, at the right or at the top. */
function drawLevels({x, y, back}: Panel, draftTokens: number): void {
  const [least = 1, most = 2] = y.domain();
  const write = (level: number, left: number, top: number, anchor: string) =>
    back
      .append("text")
      .attr("x", left)
      .attr("y", top)
      .attr("dy", "0.32em")
      .attr("text-anchor", anchor)
      .attr("class", "level")
      .attr("fill", "var(--muted)")
      .text(`× ${level}`);
  const atRight = LEVELS.filter((level) => {
    const cost = (draftTokens + 1) / level;
    return cost > least && cost <= most;
  });
  const heights = spread(
    atRight.map((level) => y((draftTokens + 1) / level)),
    LABEL_GAP
  );
  for (const [i, level] of atRight.entries()) write(level, x(1) + 6, heights[i] ?? 0, "start");
  for (const level of LEVELS) {
    const acceptance = breakEvenAcceptance({draftTokens, verification: level * most, draft: 0});
    if (level > 0 && acceptance !== null && acceptance < 1 && !atRight.includes(level))
      write(level, x(acceptance), y(most) - 9, "middle");
  }
}

/**
 * Draws the measured points. A rising line passes them at `limit`: points above it have their labels on the left, the
 * others on the right, away from the line. For a point on the line, the label goes to the side without the bar, since
 * no label may cover it.
 */
function drawMeasured(
  {x, y, back}: Panel,
  acceptance: number,
  points: readonly {concurrency: number; value: number}[],
  limit: number,
  bar?: number
): void {
  const isLeft = ({value}: {value: number}) =>
    Math.abs(value - limit) < 1e-9 ? bar === undefined || value > bar : value > limit;
  const sides = [
    {points: points.filter(isLeft), sign: -1, anchor: "end", least: 0},
    {points: points.filter((point) => !isLeft(point)), sign: 1, anchor: "start", least: y(limit) + 5}
  ];
  for (const side of sides) {
    const places = side.points.map(({value}) => Math.max(side.least, y(value)));
    const labels =
      bar === undefined
        ? spread(places, LABEL_GAP)
        : spreadBeside(places, LABEL_GAP, {at: y(bar), distance: 10});
    for (const [i, {concurrency, value}] of side.points.entries()) {
      back.append("circle").attr("cx", x(acceptance)).attr("cy", y(value)).attr("r", 3);
      back
        .append("line")
        .attr("stroke", "var(--muted)")
        .attr("x1", x(acceptance) + 8 * side.sign)
        .attr("y1", y(value))
        .attr("x2", x(acceptance) + 19 * side.sign)
        .attr("y2", labels[i] ?? 0);
      back
        .append("text")
        .attr("x", x(acceptance) + 21 * side.sign)
        .attr("y", labels[i] ?? 0)
        .attr("dy", "0.32em")
        .attr("text-anchor", side.anchor)
        .text(`C = ${concurrency}`);
    }
  }
}

function drawChosen({x, y, front}: Panel, horizontal: number, vertical: number): void {
  front
    .selectAll("circle")
    .data([0])
    .join("circle")
    .attr("r", 7)
    .attr("fill", "none")
    .attr("stroke", "var(--accent)")
    .attr("stroke-width", 3)
    .attr("cx", x(horizontal))
    .attr("cy", y(vertical));
}

function drawCurve(target: Panel, state: Speculation, {acceptance, points}: SpeculationData): void {
  const {x, y, back} = target;
  const speedup = (a: number) => expectedSpeedup({...state, acceptance: a});
  const measured = state.draftTokens === 1 ? points.map((point) => point.speedup) : [];
  const least = Math.min(speedup(0), 1, ...measured);
  y.domain([Math.floor(least * 5) / 5, Math.max(1.5, Math.ceil(speedup(1) * 2) / 2)]);
  target.drawAxes();
  back.selectAll("*").remove();
  back
    .append("path")
    .attr("fill", "none")
    .attr("stroke", "currentColor")
    .attr("stroke-dasharray", "4 3")
    .attr(
      "d",
      line()([
        [x(0), y(1)],
        [x(1), y(1)]
      ])
    );
  const curve = Array.from({length: 51}, (_, i) => i / 50).map((a): [number, number] => [
    x(a),
    y(speedup(a))
  ]);
  back
    .append("path")
    .attr("d", line()(curve))
    .attr("fill", "none")
    .attr("stroke", "currentColor")
    .attr("stroke-width", 2.5);
  if (state.draftTokens === 1)
    drawMeasured(
      target,
      acceptance,
      points.map(({concurrency, speedup: value}) => ({concurrency, value})),
      speedup(acceptance),
      1
    );
  drawChosen(target, state.acceptance, speedup(state.acceptance));
}
