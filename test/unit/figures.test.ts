import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {parseHTML} from "linkedom";
import {Change} from "../../loaders/charts/change.js";
import {Distribution} from "../../loaders/charts/distribution.js";
import {Gaps} from "../../loaders/charts/gaps.js";
import {Points} from "../../loaders/charts/points.js";
import {Scaling} from "../../loaders/charts/scaling.js";
import {spread, spreadBeside} from "../../loaders/src/benchbook/spread.js";
import {drawStart} from "../../src/explorables/speculation.js";
import {StepTime} from "../../src/figures/step-time.js";
import {SurfaceOverCost} from "../../src/figures/surface.js";

const {document} = parseHTML("<!doctype html><html><body></body></html>");

const points = [
  {concurrency: 1, speedup: 0.835, cost: 2.111, verification: 1.24},
  {concurrency: 2, speedup: 0.917, cost: 1.923, verification: 1.18},
  {concurrency: 4, speedup: 0.911, cost: 1.936, verification: 1.34},
  {concurrency: 8, speedup: 1.047, cost: 1.685, verification: 1.28},
  {concurrency: 16, speedup: 1.022, cost: 1.725, verification: null}
];

/** The texts of a drawing. */
function textsOf(drawing: Element): string[] {
  return [...drawing.querySelectorAll("text")].map((text) => text.textContent ?? "");
}

/** How far an element is moved. */
function shiftOf(element: Element | null): {x: number; y: number} {
  const [, x, y] = /translate\(([-\d.]+),([-\d.]+)/.exec(element?.getAttribute("transform") ?? "") ?? [];
  return {x: Number(x ?? 0), y: Number(y ?? 0)};
}

describe("the name of a series", () => {
  const row = (series: string, concurrency: number, value: number) => ({
    series,
    label: series.toUpperCase(),
    concurrency,
    value,
    low: value,
    high: value
  });
  const nameShift = (end: number) => {
    const rows = [row("awq", 1, 1), row("awq", 8, 4.1), row("awq", 16, 6.4), row("nvfp4", 1, 1)];
    const drawing = Scaling([...rows, row("nvfp4", 8, end)], {document, width: 330});
    const name = [...drawing.querySelectorAll("text")].find(({textContent}) => textContent === "NVFP4");
    return shiftOf(name?.parentElement ?? null).y;
  };

  it("stands below where another line goes on from the same place, and above one that it ends far over", () => {
    assert.ok(nameShift(4.2) > 0);
    assert.ok(nameShift(3) > 0);
    assert.ok(nameShift(6) < 0);
  });
});

describe("the break-even of a change", () => {
  const rows = [-0.1, 0.1].map((value, i) => ({concurrency: 4 * 2 ** i, value, low: value, high: value}));
  const marksOf = (low: number, high: number) => {
    const drawing = Change(rows, {document, width: 330, label: "Lead", crossing: {value: 6, low, high}});
    const count = (mark: string) => drawing.querySelectorAll(mark).length;
    return {
      bands: count('g[aria-label="rect"] rect'),
      rules: count('line[stroke-dasharray="4 3"], g[stroke-dasharray="4 3"] line')
    };
  };

  it("is a band over its interval, and a rule where it has none", () => {
    assert.deepEqual(marksOf(5, 7), {bands: 1, rules: 0});
    assert.deepEqual(marksOf(6, 6), {bands: 0, rules: 1});
  });
});

describe("labels of close points", () => {
  it("are moved apart to the gap and no further", () => {
    assert.deepEqual(spread([0, 100], 10), [0, 100]);
    const [a = 0, b = 0, c = 0] = spread([50, 50, 51], 10);
    assert.ok(b - a > 9.9 && c - b > 9.9 && c - a < 20.2);
  });

  it("keep off a line between them", () => {
    const bar = {at: 50, distance: 8};
    assert.deepEqual(spreadBeside([10, 90], 10, bar), [10, 90]);
    assert.deepEqual(spreadBeside([49, 51], 10, bar), [42, 58]);
    const [lower = 0, upper = 0] = spreadBeside([49, 48], 10, bar);
    assert.ok(lower <= 42 && lower - upper > 9.9);
  });

  it("are left where nothing stands on one side of the line", () => {
    assert.deepEqual(spreadBeside([], 10, {at: 50, distance: 8}), []);
    assert.deepEqual(spreadBeside([60], 10, {at: 50, distance: 8}), [60]);
  });
});

describe("a relative change", () => {
  it("has a decimal below one percent", () => {
    const rows = [0.004, -0.0096, 0.12].map((value, i) => ({
      concurrency: 2 ** i,
      value,
      low: value,
      high: value
    }));
    const texts = textsOf(Change(rows, {document, width: 330, label: "Lead"}));
    for (const number of ["+0.4", "−1.0", "+12"]) assert.ok(texts.includes(number), texts.join(", "));
  });
});

describe("a drawing of one load", () => {
  const options = {document, width: 330, by: "Request rate (req/s)"};
  for (const [name, drawing] of [
    [
      "distribution",
      Distribution([{load: "4", p5: 1, p25: 2, p50: 3, p75: 4, p95: 5}], {...options, label: "TTFT"})
    ],
    ["gaps", Gaps([{load: "4", low: 10, high: 12, share: 1}], options)]
  ] as const) {
    it(`has the name of its axis above, where there is room for it: ${name}`, () => {
      const label = [...drawing.querySelectorAll("text")].find(({textContent}) =>
        textContent?.includes("Request rate (req/s)")
      );
      assert.ok(label);
      assert.doesNotMatch(label.getAttribute("transform") ?? "", /rotate/);
    });
  }
});

describe("the points of two lines", () => {
  const line = (series: string, loads: readonly number[], value: number) =>
    loads.map((load) => ({series, label: series, load, value, low: value, high: value}));
  const options = {document, width: 330, label: "Output throughput (tok/s)"};
  const powers = [1, 2, 4, 8, 16];

  it("bear names that do not overlap", () => {
    for (const values of [
      [100, 100],
      [100, 99],
      [2, 1]
    ] as const) {
      const rows = [
        ...line("limit 64", powers, values[0]),
        ...line("no limit", powers.slice(0, 3), values[1])
      ];
      const drawing = Points(rows, {...options, by: "request rate"});
      const [a, b] = ["limit 64", "no limit"].map((label) => {
        const name = [...drawing.querySelectorAll("text")].find(({textContent}) => textContent === label);
        return shiftOf(name ?? null).y;
      });
      assert.ok(a !== undefined && b !== undefined && Math.abs(b - a) > 14.5, `${a} ${b}`);
    }
  });

  for (const [name, loads, by] of [
    ["dense concurrencies", Array.from({length: 24}, (_, i) => i + 1), "concurrency"],
    ["large concurrencies", [1, 1000, 1024, 2048, 4096], "concurrency"],
    ["dense rates", Array.from({length: 24}, (_, i) => (i + 1) / 4), "request rate"]
  ] as const) {
    it(`have ticks that do not run together at ${name}`, () => {
      const drawing = Points(line("only", loads, 100), {...options, by});
      const ticks = [...drawing.querySelectorAll('g[aria-label="x-axis tick label"] text')].map((text) => ({
        x: shiftOf(text).x,
        half: 4 * (text.textContent?.length ?? 0)
      }));
      assert.ok(ticks.length > 1, "some are left");
      for (const [i, {x, half}] of ticks.entries()) {
        const next = ticks[i + 1];
        assert.ok(next === undefined || next.x - next.half > x + half, `${x} and ${next?.x}`);
      }
    });
  }

  it("have a tick at each load where there is room", () => {
    const drawing = Points(line("only", powers, 100), {...options, by: "concurrency"});
    const ticks = [...drawing.querySelectorAll('g[aria-label="x-axis tick label"] text')];
    assert.deepEqual(
      ticks.map(({textContent}) => Number(textContent)),
      powers
    );
  });
});

describe("the parts of a step", () => {
  const rows = [
    {concurrency: 1, plain: 14.7, verification: 3.5, total: 31},
    {concurrency: 2, plain: 18.2, verification: 3.2, total: 35},
    {concurrency: 16, plain: 36.5, verification: null, total: 63}
  ];

  for (const width of [756, 330]) {
    it(`all bear their numbers at ${width} pixels`, () => {
      const texts = textsOf(StepTime(rows, {document, width}));
      for (const number of ["14.7", "3.5", "12.8", "18.2", "3.2", "13.6", "36.5", "26.5"])
        assert.ok(texts.includes(number), `${number} in ${texts.join(", ")}`);
    });
  }
});

describe("the surface over the cost", () => {
  it("names lines and contours outside of its frame, in the order in which they end", () => {
    const drawing = SurfaceOverCost(points, {document, width: 756, acceptance: 0.763});
    const groups = [...drawing.querySelectorAll('g[aria-label="text"]')].map((group) => group.textContent);
    for (const label of ["× 1", "× 1.2", "× 1.5", "C = 1", "C = 16"])
      assert.ok(groups.includes(label), label);
    const places = [...drawing.querySelectorAll("text")]
      .filter((text) => text.textContent?.startsWith("C = "))
      .map((text) => shiftOf(text).x + shiftOf(text.parentElement).x);
    assert.equal(places.length, points.length);
    for (const x of places) assert.ok(x > 756 - 58, String(x));
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
    it(`sets labels to that side of their dots on which the line of the ${name} is not`, () => {
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
