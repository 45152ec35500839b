// The calculator of the ceiling: premises as inputs, the ceiling they give as a curve, and what puts the
// measurement above it.
import {axisBottom, axisLeft} from "d3-axis";
import {scaleLog} from "d3-scale";
import {select} from "d3-selection";
import {line} from "d3-shape";
import {formatNumber, formatValue} from "../benchbook/format.js";
import {make} from "../benchbook/make.js";
import {ceilingThroughput, type Model, type Premises, stepGigabytes} from "./ceiling-model.js";

/** What the build embeds: the cards’ premises and the measured points. */
export interface CeilingCalculatorData {
  model: Model;
  gpus: {label: string; bandwidth: number}[];
  /** The premises that the cards give. */
  cards: Premises;
  publishedGigabytes: number;
  label: string;
  points: {concurrency: number; value: number}[];
}

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
  /** Those of them whose card value alone would lift the ceiling to the point or beyond. */
  decisive: Field[];
}

/** Sets a measured point against the ceiling of some premises. */
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

/** The start in words and as a chart for wide and for narrow screens, for a page without scripts and for print. */
export function drawStart(element: HTMLElement, data: CeilingCalculatorData): void {
  const [point] = data.points;
  if (point === undefined) return;
  const {ownerDocument} = element;
  const result = ownerDocument.createElement("p");
  result.className = "result";
  result.textContent = sentence(data, judge(data, data.cards, point), point);
  element.append(result);
  for (const [size, width] of startWidths) {
    const chart = makeChart(data, ownerDocument);
    chart.resize(width);
    chart.draw(data.cards, point.concurrency);
    chart.svg.setAttribute("class", size);
    element.append(chart.svg);
  }
}

/** Draws the calculator below the caption. */
export function mount(element: HTMLElement, data: unknown): void {
  if (!isData(data)) throw new TypeError("The data of the explorable are not those of the calculator.");
  const premises: Premises = {...data.cards};
  let concurrency = data.points[0]?.concurrency ?? 1;
  const chart = makeChart(data, document);
  const result = make("p", {className: "result"});
  result.setAttribute("aria-live", "polite");

  const redraw = () => {
    const point = data.points.find((each) => each.concurrency === concurrency);
    chart.draw(premises, concurrency);
    if (point) result.textContent = sentence(data, judge(data, premises, point), point);
  };

  const form = make("form", {className: "controls"});
  form.addEventListener("submit", (event) => event.preventDefault());
  const sliders = inputs.map((input) => makeSlider(input, premises, data.model.experts, redraw));
  const [bandwidth] = sliders;
  const gpu = makeSelect(
    "GPU",
    data.gpus.map(({label}) => label),
    (index) => {
      premises.bandwidth = data.gpus[index]?.bandwidth ?? premises.bandwidth;
      bandwidth?.show();
      redraw();
    }
  );
  const measured = makeSelect(
    "Concurrency",
    data.points.map((point) => String(point.concurrency)),
    (index) => {
      concurrency = data.points[index]?.concurrency ?? concurrency;
      redraw();
    }
  );
  const keep = make("input", {type: "checkbox"});
  keep.addEventListener("input", () => {
    premises.gigabytes = keep.checked ? data.publishedGigabytes : null;
    for (const {field, enable} of sliders) if (ofBytes.has(field)) enable(!keep.checked);
    redraw();
  });
  form.append(
    gpu,
    measured,
    ...sliders.map(({label}) => label),
    make(
      "label",
      {className: "check"},
      keep,
      `Keep the published ${format(data.publishedGigabytes, "GB")} a step`
    )
  );
  element.append(form, result, chart.svg);
  const resize = new ResizeObserver(([entry]) => {
    if (entry && chart.resize(entry.contentRect.width)) redraw();
  });
  resize.observe(element);
  redraw();
}

/** Premises of the bytes a step reads; given bytes leave them without effect. */
const ofBytes: ReadonlySet<Field> = new Set<Field>(["gpus", "bits", "groupSize", "expertsPerToken"]);

interface Slider {
  field: Field;
  label: HTMLLabelElement;
  /** Takes the value from the premises. */
  show(): void;
  enable(enabled: boolean): void;
}

function makeSlider(
  {field, label: name, values, unit}: (typeof inputs)[number],
  premises: Premises,
  experts: number,
  changed: () => void
): Slider {
  const allowed = field === "expertsPerToken" ? values.filter((value) => value <= experts) : values;
  const input = make("input", {type: "range", min: "0", max: String(allowed.length - 1), step: "1"});
  const output = make("output", {});
  const say = () => {
    const text = format(premises[field], unit);
    output.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  input.addEventListener("input", () => {
    premises[field] = allowed[input.valueAsNumber] ?? premises[field];
    say();
    changed();
  });
  const show = () => {
    input.value = String(nearest(allowed, premises[field]));
    say();
  };
  show();
  return {
    field,
    // An output before the input would take the label for itself.
    label: make("label", {}, make("span", {}, name), input, output),
    show,
    enable(enabled) {
      input.disabled = !enabled;
    }
  };
}

function makeSelect(name: string, options: string[], changed: (index: number) => void): HTMLLabelElement {
  const input = make("select", {}, ...options.map((option) => make("option", {}, option)));
  input.addEventListener("input", () => changed(input.selectedIndex));
  return make("label", {}, make("span", {}, name), input);
}

const HEIGHT = 320;
/** Widths in CSS pixels of the text column and of a phone, as the figures of the pages have. */
const startWidths: [size: string, width: number][] = [
  ["wide", 712],
  ["narrow", 328]
];
const margin = {top: 24, right: 14, bottom: 40, left: 48};

function makeChart({model, cards, points, label}: CeilingCalculatorData, document: Document) {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("role", "img")
    .attr("aria-label", "The ceiling by concurrency, and the measured points")
    .attr("height", HEIGHT);
  const across = svg.append("g").attr("transform", `translate(0,${HEIGHT - margin.bottom})`);
  const up = svg.append("g").attr("transform", `translate(${margin.left},0)`);
  svg.append("text").attr("x", 0).attr("y", 12).text("↑ System throughput (tok/s, log)");
  const xLabel = svg
    .append("text")
    .attr("y", HEIGHT - 4)
    .attr("text-anchor", "end")
    .text("Concurrency →");
  const curve = svg.append("path").attr("class", "ceiling");
  const fromCards = svg.append("path").attr("class", "cards");
  const dots = svg.append("g").attr("class", "points");

  const concurrencies = points.map((point) => point.concurrency);
  const last = Math.max(...concurrencies);
  const steps = range(0, 32, 1).map((i) => last ** (i / 32));
  const x = scaleLog([1, last], [margin.left, 0]).base(2);
  const y = scaleLog([30, 3000], [HEIGHT - margin.bottom, margin.top]);
  const path = line<[number, number]>(
    ([concurrency]) => x(concurrency),
    ([, value]) => y(value)
  );
  const outline = (premises: Premises) =>
    path(steps.map((step): [number, number] => [step, ceilingThroughput(model, premises, step)]));
  const circles = dots
    .selectAll("circle")
    .data(points)
    .join("circle")
    .attr("r", 4)
    .attr("cy", ({value}) => y(value));
  dots
    .append("text")
    .attr("y", y(points.at(-1)?.value ?? 1) + 18)
    .attr("text-anchor", "end")
    .text(label);
  up.call(
    axisLeft(y)
      .tickValues([30, 100, 300, 1000, 3000])
      .tickFormat((value) => formatNumber(Number(value), {decimals: 0}))
  );

  return {
    svg: svg.node() ?? document.createElementNS("http://www.w3.org/2000/svg", "svg"),
    /** Fits the axes to a width; false where it was fitted already. */
    resize(width: number): boolean {
      const end = Math.round(width) - margin.right;
      if (x.range()[1] === end) return false;
      x.range([margin.left + 8, end]);
      svg.attr("width", Math.round(width)).attr("viewBox", `0 0 ${Math.round(width)} ${HEIGHT}`);
      across.call(
        axisBottom(x)
          .tickValues(concurrencies)
          .tickFormat((value) => String(value))
      );
      xLabel.attr("x", end);
      circles.attr("cx", ({concurrency}) => x(concurrency));
      dots.select("text").attr("x", end);
      fromCards.attr("d", outline(cards));
      return true;
    },
    draw(premises: Premises, concurrency: number): void {
      curve.attr("d", outline(premises));
      circles.attr("class", (point) =>
        [
          point.value > ceilingThroughput(model, premises, point.concurrency) ? "above" : "",
          point.concurrency === concurrency ? "chosen" : ""
        ].join(" ")
      );
      svg.attr(
        "aria-label",
        `The ceiling by concurrency with ${formatNumber(stepGigabytes(model, premises, premises.tokensPerRequest), {decimals: 1})} GB a GPU for a step of one request, and the measured points`
      );
    }
  };
}

/** The build writes the data and the script together; a page of another build shows the figures only. */
function isData(data: unknown): data is CeilingCalculatorData {
  return (
    isRecord(data) &&
    isRecord(data.model) &&
    isRecord(data.cards) &&
    Object.entries(data.cards).every(
      ([field, value]) => typeof value === "number" || (field === "gigabytes" && value === null)
    ) &&
    typeof data.publishedGigabytes === "number" &&
    typeof data.label === "string" &&
    areRecords(
      data.gpus,
      ({label, bandwidth}) => typeof label === "string" && typeof bandwidth === "number"
    ) &&
    areRecords(data.points, (point) => [point.concurrency, point.value].every((n) => typeof n === "number"))
  );
}

function areRecords(value: unknown, check: (record: Record<string, unknown>) => boolean): boolean {
  return Array.isArray(value) && value.every((item: unknown) => isRecord(item) && check(item));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
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
