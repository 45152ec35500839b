import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {parseHTML} from "linkedom";
import {drawStart} from "../../src/explorables/speculation.js";
import residual from "../../src/figures/residual.js";
import stepBytes from "../../src/figures/step-bytes.js";
import stepTime from "../../src/figures/step-time.js";
import overConcurrency from "../../src/figures/surface-over-concurrency.js";
import overCost from "../../src/figures/surface-over-cost.js";
import {outside, overlaps, textBoxes} from "../support/svg-text.js";

const {document} = parseHTML("<!doctype html><html><body></body></html>");
const figure = {document, colored: new Set<string>()};

const points = [
  {concurrency: 1, speedup: 0.835, cost: 2.111, verification: 1.24},
  {concurrency: 2, speedup: 0.917, cost: 1.923, verification: 1.18},
  {concurrency: 4, speedup: 0.911, cost: 1.936, verification: 1.34},
  {concurrency: 8, speedup: 1.047, cost: 1.685, verification: 1.28},
  {concurrency: 16, speedup: 1.022, cost: 1.725, verification: null}
];

describe("a label of the report's own figures", () => {
  const times = [1, 30, 1000];
  const steps = (factor: number) => [
    {concurrency: 1, plain: 14.7 * factor, verification: 3.5 * factor, total: 31 * factor},
    {concurrency: 1024, plain: 36.5 * factor, verification: null, total: 63 * factor}
  ];
  const drawn: Record<string, (factor: number, width: number) => Element> = {
    residual: (factor, width) =>
      residual.draw(
        [
          {concurrency: 1, at_zero: -2 * factor, at_one: 17 * factor, zero_at: 0.1},
          {concurrency: 4096, at_zero: -9 * factor, at_one: 18 * factor, zero_at: 0.3}
        ],
        {...figure, width, stated: 0.763}
      ),
    "step-bytes": (factor, width) =>
      stepBytes.draw(
        ["routed experts", "attention", "shared experts of every layer", "router gates"].map(
          (component, i) => ({
            label: "A checkpoint with a long name, 16",
            component,
            gigabytes: (i + 1) * factor
          })
        ),
        {...figure, width}
      ),
    "step-time": (factor, width) => stepTime.draw(steps(factor), {...figure, width}),
    "surface-over-cost": (factor, width) =>
      overCost.draw(
        points.map((point) => ({...point, cost: point.cost * factor})),
        {...figure, width, acceptance: 0.763}
      ),
    "surface-over-concurrency": (factor, width) =>
      overConcurrency.draw(
        points.map((point) => ({...point, cost: point.cost * factor})),
        {...figure, width, acceptance: 0.763}
      )
  };
  for (const [name, draw] of Object.entries(drawn))
    it(`stays within the figure, apart from that of the next tick: ${name}`, () => {
      for (const width of [330, 756]) {
        for (const factor of times) {
          assert.deepEqual(outside(draw(factor, width)), [], `${width} pixels, times ${factor}`);
          assert.deepEqual(overlaps(draw(factor, width)), [], `${width} pixels, times ${factor}`);
        }
      }
    });
});

describe("the parts of a step", () => {
  const rows = [
    {concurrency: 1, plain: 14.7, verification: 3.5, total: 31},
    {concurrency: 2, plain: 18.2, verification: 3.2, total: 35},
    {concurrency: 16, plain: 36.5, verification: null, total: 63}
  ];

  for (const width of [756, 330]) {
    it(`all have their numbers at ${width} pixels`, () => {
      const texts = textBoxes(stepTime.draw(rows, {...figure, width})).map(({text}) => text);
      for (const number of ["14.7", "3.5", "12.8", "18.2", "3.2", "13.6", "36.5", "26.5"])
        assert.ok(texts.includes(number), `${number} in ${texts.join(", ")}`);
    });
  }
});

describe("the surface over the cost", () => {
  it("names lines and contours outside its frame, in the order in which they end", () => {
    const names = textBoxes(overCost.draw(points, {...figure, width: 756, acceptance: 0.763})).filter(
      ({text, left}) => /^[×C]/.test(text) && left > 756 - 64
    );
    assert.deepEqual(
      names.sort((a, b) => a.top - b.top).map(({text}) => text),
      ["C = 1", "C = 4", "C = 2", "× 1", "C = 16", "C = 8", "× 1.2", "× 1.5"]
    );
  });

  it("reaches as far as its rows do", () => {
    const ticks = (most: number) => {
      const rows = points.map((point) => ({...point, cost: (point.cost / 2.111) * most}));
      const drawing = overCost.draw(rows, {...figure, width: 756, acceptance: 0.763});
      return [...drawing.querySelectorAll('g[aria-label="y-axis tick label"] text')].map(
        (tick) => tick.textContent
      );
    };
    assert.equal(ticks(2.111).at(-1), "2.4");
    assert.equal(ticks(4).at(-1), "4.0");
  });
});

describe("the start of the speculation explorable", () => {
  const element = document.createElement("div");
  drawStart(element, {acceptance: 0.763, points});
  const [surface, curve] = element.querySelectorAll("svg");

  it("names the contours", () => {
    assert.deepEqual(
      [...(surface?.querySelectorAll(".level") ?? [])].map(({textContent}) => textContent),
      ["× 0.8", "× 1", "× 1.2", "× 1.5", "× 0.6"]
    );
  });

  for (const [name, svg, left] of [
    ["surface", surface, ["C = 1", "C = 2", "C = 4"]],
    ["curve", curve, ["C = 8"]]
  ] as const) {
    it(`puts labels on the side of their dots away from the line of the ${name}`, () => {
      const labels = [...(svg?.querySelectorAll("text") ?? [])].filter((text) =>
        text.textContent?.startsWith("C = ")
      );
      assert.equal(labels.length, points.length);
      const onTheLeft = labels.filter((text) => text.getAttribute("text-anchor") === "end");
      assert.deepEqual(
        onTheLeft.map(({textContent}) => textContent),
        left
      );
    });
  }
});
