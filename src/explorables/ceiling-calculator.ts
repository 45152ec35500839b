// The ceiling calculator: premises as inputs, the ceiling that they give as a curve, and what puts the measurement
// above it.
import {scaleLog} from "d3-scale";
import {line} from "d3-shape";
import {makeChoice, makePlot, makeResult, makeSlider} from "../benchbook/explorable.js";
import {formatNumber, formatValue} from "../benchbook/format.js";
import {make} from "../benchbook/make.js";
import type {CeilingCalculatorData, Premises} from "./ceiling-calculator.schema.js";
import {ceilingThroughput, stepGigabytes} from "./ceiling-model.js";

type Field = keyof Premises;

const inputs: {field: Exclude<Field, "gigabytes">; label: string; values: number[]; unit: string}[] = [
  {field: "bandwidth", label: "GPU bandwidth", values: range(500, 2500, 1), unit: "GB/s"},
  {field: "gpus", label: "Tensor parallelism", values: [1, 2, 4, 8], unit: ""},
  {field: "bits", label: "Bits per quantised weight", values: [2, 3, 4, 5, 6, 8, 16], unit: ""},
  {field: "groupSize", label: "Group size", values: [16, 32, 64, 128, 256], unit: ""},
  {field: "expertsPerToken", label: "Experts per token", values: range(1, 160, 1), unit: ""},
  {field: "tokensPerRequest", label: "Tokens a step and request", values: range(1, 8, 1), unit: ""}
];

const names: Record<Field, string> = {
  bandwidth: "the bandwidth",
  gpus: "the tensor parallelism",
  bits: "the bits per weight",
  groupSize: "the group size",
  expertsPerToken: "the experts per token",
  tokensPerRequest: "the tokens per step",
  gigabytes: "the published bytes"
};

/** Which departures from the cards put a measured point above the ceiling. */
export interface Judgement {
  ceiling: number;
  above: boolean;
  /** Premises that differ from the cards. */
  changed: Field[];
  /** The changed premises whose card value alone would lift the ceiling to the point or above. */
  decisive: Field[];
}

/** Compares a measured point with the ceiling of some premises. */
export function judge(
  {model, cards}: Pick<CeilingCalculatorData, "model" | "cards">,
  premises: Premises,
  point: {concurrency: number; value: number}
): Judgement {
  const ceiling = ceilingThroughput(model, premises, point.concurrency);
  const changed = fields.filter((field) => premises[field] !== cards[field]);
  const above = point.value > ceiling;
  const decisive = above
    ? changed.filter(
        (field) =>
          ceilingThroughput(model, {...premises, [field]: cards[field]}, point.concurrency) >= point.value
      )
    : [];
  return {ceiling, above, changed, decisive};
}

const fields: Field[] = [...inputs.map(({field}) => field), "gigabytes"];

/** The judgement in words. */
export function sentence(
  {label}: Pick<CeilingCalculatorData, "label">,
  {ceiling, above, changed, decisive}: Judgement,
  point: {concurrency: number; value: number}
): string {
  const measured = `${label} was measured at ${format(point.value, "tok/s")} at a concurrency of ${point.concurrency}`;
  const limit = `the ceiling is ${format(ceiling, "tok/s")}`;
  if (!above) {
    const share = formatValue(point.value / ceiling, {decimals: 0, scale: "percent"});
    return `${measured}; ${limit}. The measurement is ${share} of it.`;
  }
  const over = formatValue(point.value / ceiling - 1, {decimals: 0, scale: "percent", signed: true});
  return `${measured}; ${limit}. The measurement is above it (${over}). ${blame(changed, decisive)}`;
}

function blame(changed: readonly Field[], decisive: readonly Field[]): string {
  if (changed.length === 0)
    return "All premises are those of the cards, so one of the cards or the model is wrong.";
  const all = list(changed);
  if (decisive.length === 0)
    return `What differs from the cards: ${all}. No one of them alone puts it there.`;
  return `What differs from the cards: ${all}. Setting back ${list(decisive, "or")} alone would lift the ceiling over it.`;
}

function list(items: readonly Field[], word = "and"): string {
  const words = items.map((field) => names[field]);
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} ${word} ${words.at(-1)}`;
}

function format(value: number, unit: string): string {
  return formatValue(value, {decimals: 0, ...(unit !== "" && {unit})});
}

/** Draws the first state, in words and as a chart for wide and narrow screens, for print and pages without scripts. */
export function drawStart(element: HTMLElement, data: CeilingCalculatorData): void {
  const [point] = data.points;
  if (point === undefined) return;
  const result = makeResult(element.ownerDocument, RESULT_LINES);
  result.textContent = sentence(data, judge(data, data.cards, point), point);
  element.append(result);
  for (const [size, width] of startWidths) {
    const chart = makeChart(data, element.ownerDocument);
    chart.fit(width);
    chart.draw(data.cards, point.concurrency);
    chart.svg.setAttribute("class", size);
    element.append(chart.svg);
  }
}

/** Draws the calculator below the caption. */
export function mount(element: HTMLElement, data: CeilingCalculatorData): void {
  const premises: Premises = {...data.cards};
  let [point] = data.points;
  const chart = makeChart(data, document);
  const result = makeResult(document, RESULT_LINES);

  const redraw = () => {
    if (point === undefined) return;
    chart.draw(premises, point.concurrency);
    result.textContent = sentence(data, judge(data, premises, point), point);
  };
  const sliders = inputs.map(({field, label, values, unit}) => {
    const allowed = values.filter((value) => field !== "expertsPerToken" || value <= data.model.experts);
    const at = (index: number) => allowed[index] ?? premises[field];
    const slider = makeSlider(
      label,
      {min: 0, max: allowed.length - 1, step: 1, write: (index) => format(at(index), unit)},
      (index) => {
        premises[field] = at(index);
        redraw();
      }
    );
    const show = () => slider.show(nearest(allowed, premises[field]));
    show();
    return {...slider, field, show};
  });
  const gpu = makeChoice(
    "GPU",
    data.gpus.map(({label}) => label),
    0,
    (index) => {
      premises.bandwidth = data.gpus[index]?.bandwidth ?? premises.bandwidth;
      for (const {field, show} of sliders) if (field === "bandwidth") show();
      redraw();
    }
  );
  const measured = makeChoice(
    "Concurrency",
    data.points.map(({concurrency}) => String(concurrency)),
    0,
    (index) => {
      point = data.points[index];
      redraw();
    }
  );
  const keep = make("input", {type: "checkbox"});
  keep.addEventListener("input", () => {
    premises.gigabytes = keep.checked ? data.publishedGigabytes : null;
    for (const {field, enable} of sliders) if (ofBytes.has(field)) enable(!keep.checked);
    redraw();
  });
  const published = format(data.publishedGigabytes, "GB");
  element.append(
    make(
      "div",
      {className: "controls dense"},
      gpu,
      measured,
      ...sliders.map(({label}) => label),
      make("label", {className: "check"}, keep, `Keep the published ${published} a step`)
    ),
    result,
    chart.svg
  );
  new ResizeObserver(([entry]) => {
    if (entry && chart.fit(Math.round(entry.contentRect.width))) redraw();
  }).observe(element);
  redraw();
}

/** The premises for the bytes of a step; they have no effect if the bytes are given. */
const ofBytes: ReadonlySet<Field> = new Set<Field>(["gpus", "bits", "groupSize", "expertsPerToken"]);

/** How many lines the result takes on a phone. */
const RESULT_LINES = 4;
const HEIGHT = 320;
/** Widths in CSS pixels of the text column and of a phone, as in the pages' figures. */
const startWidths: [size: string, width: number][] = [
  ["wide", 712],
  ["narrow", 328]
];
const margin = {top: 24, right: 14, bottom: 40, left: 48};

function makeChart({model, cards, points, label}: CeilingCalculatorData, document: Document) {
  const concurrencies = points.map(({concurrency}) => concurrency);
  const last = Math.max(...concurrencies);
  const steps = range(0, 32, 1).map((i) => last ** (i / 32));
  const ofCards = [1, last].map((concurrency) => ceilingThroughput(model, cards, concurrency));
  const ticks = thirdsOfDecades([...points.map(({value}) => value), ...ofCards]);
  const x = scaleLog([1, last], [0, 1]).base(2);
  const y = scaleLog([ticks[0] ?? 1, ticks.at(-1) ?? 10], [0, 1]);
  const plot = makePlot(document, {
    alt: "The ceiling by concurrency, and the measured points",
    height: HEIGHT,
    margin,
    inset: 8,
    x: {label: "Concurrency", scale: x, ticks: concurrencies},
    y: {label: "System throughput (tok/s, log)", scale: y, ticks}
  });
  const {svg, front} = plot;
  svg.attr("height", HEIGHT);
  const curve = front
    .append("path")
    .attr("fill", "none")
    .attr("stroke", "var(--loss)")
    .attr("stroke-width", 2);
  const fromCards = front
    .append("path")
    .attr("fill", "none")
    .attr("stroke", "currentColor")
    .attr("stroke-dasharray", "4 3");
  const path = line<[number, number]>(
    ([concurrency]) => x(concurrency),
    ([, value]) => y(value)
  );
  const outline = (premises: Premises) =>
    path(steps.map((step): [number, number] => [step, ceilingThroughput(model, premises, step)]));
  const circles = front
    .selectAll("circle")
    .data(points)
    .join("circle")
    .attr("r", 4)
    .attr("cy", ({value}) => y(value))
    .attr("stroke-width", 2);
  const name = front
    .append("text")
    .attr("y", y(points.at(-1)?.value ?? 1) + 18)
    .attr("text-anchor", "end")
    .text(label);

  return {
    svg: svg.node() ?? document.createElementNS("http://www.w3.org/2000/svg", "svg"),
    /** Fits the axes to a width; false if they fitted already. */
    fit(width: number): boolean {
      if (!plot.fit(width)) return false;
      svg.attr("width", width);
      circles.attr("cx", ({concurrency}) => x(concurrency));
      name.attr("x", x(last));
      fromCards.attr("d", outline(cards));
      return true;
    },
    draw(premises: Premises, concurrency: number): void {
      curve.attr("d", outline(premises));
      circles
        .attr("fill", (point) =>
          point.value > ceilingThroughput(model, premises, point.concurrency)
            ? "var(--loss)"
            : "var(--series-1)"
        )
        .attr("stroke", (point) => (point.concurrency === concurrency ? "currentColor" : "none"));
      const gigabytes = stepGigabytes(model, premises, premises.tokensPerRequest);
      svg.attr(
        "aria-label",
        `The ceiling by concurrency with ${formatNumber(gigabytes, {decimals: 1})} GB a GPU for a step of one request, and the measured points`
      );
    }
  };
}

/** 1, 3, 10, 30 …: from the last one that all values reach to the first that none exceeds, with room above. */
function thirdsOfDecades(values: readonly number[]): number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const steps = range(Math.floor(Math.log10(least)) - 1, Math.ceil(Math.log10(most)) + 1, 1).flatMap(
    (decade) => [1, 3].map((step) => Number(`${step}e${decade}`))
  );
  const first = steps.findLastIndex((step) => step <= least);
  const last = steps.findIndex((step) => step >= most);
  return steps.slice(first, last + 1);
}

function nearest(values: readonly number[], value: number): number {
  return values.reduce(
    (best, each, i) => (Math.abs(each - value) < Math.abs((values[best] ?? 0) - value) ? i : best),
    0
  );
}

function range(start: number, end: number, step: number): number[] {
  return Array.from({length: Math.floor((end - start) / step) + 1}, (_, i) => start + i * step);
}
