import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {parseHTML} from "linkedom";
import ceiling from "../../loaders/charts/ceiling.js";
import ceilingCurve from "../../loaders/charts/ceiling-curve.js";
import change from "../../loaders/charts/change.js";
import {chart, isDrawable} from "../../loaders/charts/chart.js";
import {seriesColors} from "../../loaders/charts/colors.js";
import distribution from "../../loaders/charts/distribution.js";
import dots from "../../loaders/charts/dots.js";
import gaps from "../../loaders/charts/gaps.js";
import lines from "../../loaders/charts/lines.js";
import range from "../../loaders/charts/range.js";
import roofline from "../../loaders/charts/roofline.js";
import scatter, {frontierOf} from "../../loaders/charts/scatter.js";
import {fitted, textWidth} from "../../loaders/charts/text-width.js";
import timeline from "../../loaders/charts/timeline.js";
import {spread, spreadBeside} from "../../loaders/src/benchbook/spread.js";
import {outside, overlaps, textBoxes} from "../support/svg-text.js";

const {document} = parseHTML("<!doctype html><html><body></body></html>");
const figure = {document, width: 330, colored: new Set<string>()};

/** The texts of a drawing. */
function textsOf(drawing: Element): string[] {
  return textBoxes(drawing).map(({text}) => text);
}

/** The labels of the ticks of an axis. */
function ticksOf(drawing: Element, axis: string): (string | null)[] {
  return [...drawing.querySelectorAll(`g[aria-label="${axis}-axis tick label"] text`)].map(
    ({textContent}) => textContent
  );
}

describe("the names of lines", () => {
  const line = (series: string, loads: readonly number[], value: number) =>
    loads.map((concurrency) => ({series, label: series, concurrency, value, low: value, high: value}));
  const placesOf = (values: readonly number[]) => {
    const rows = values.flatMap((value, i) => line(`s${i}`, i === 0 ? [1, 2, 4, 8, 16] : [1, 2, 4], value));
    const boxes = textBoxes(lines.draw(rows, {...figure, label: "Output throughput (tok/s)"}));
    return values.map((_, i) => boxes.find(({text}) => text === `s${i}`)?.top ?? Number.NaN);
  };

  for (const values of [
    [100, 100],
    [100, 99],
    [2, 1]
  ])
    it(`do not overlap where they end at ${values.join(" and ")}`, () => {
      const [a = 0, b = 0] = placesOf(values);
      assert.ok(Math.abs(b - a) > 14.5, `${a} ${b}`);
    });

  it("do not depend on the order of rows within a line", () => {
    const rows = [...line("a", [1, 2, 4], 1), ...line("b", [1, 8], 2)];
    const draw = (given: typeof rows) => lines.draw(given, {...figure, label: "Throughput"}).outerHTML;
    const [a, b, c, ...others] = rows;
    assert.ok(a && b && c);
    assert.equal(draw([c, a, b, ...others]), draw(rows));
  });

  it("keep the order in which the lines end", () => {
    const places = placesOf([10, 9.9, 9.8, 9.7, 1]);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b)
    );
  });
});

describe("the break-even of a change", () => {
  const rows = [-0.1, 0.1].map((value, i) => ({concurrency: 4 * 2 ** i, value, low: value, high: value}));
  const marksOf = (low: number, high: number) => {
    const drawing = change.draw(rows, {...figure, label: "Lead", crossing: {value: 6, low, high}});
    const count = (mark: string) => drawing.querySelectorAll(mark).length;
    return {
      bands: count('g[aria-label="rect"] rect'),
      rules: count('line[stroke-dasharray="4 3"], g[stroke-dasharray="4 3"] line')
    };
  };

  it("is a band over its interval, and a rule if it has none", () => {
    assert.deepEqual(marksOf(5, 7), {bands: 1, rules: 0});
    assert.deepEqual(marksOf(6, 6), {bands: 0, rules: 1});
  });
});

describe("labels of close points", () => {
  it("are moved apart by the gap and no further", () => {
    assert.deepEqual(spread([0, 100], 10), [0, 100]);
    assert.deepEqual(spread([50, 50, 50], 10), [40, 50, 60]);
    assert.deepEqual(spread([50, 49], 10), [54.5, 44.5]);
  });

  it("stay within bounds that hold them", () => {
    assert.deepEqual(spread([0, 0, 0], 10, [0, 100]), [0, 10, 20]);
    assert.deepEqual(spread([99, 100], 10, [0, 100]), [90, 100]);
  });

  it("keep off a line between them", () => {
    const bar = {at: 50, distance: 8};
    assert.deepEqual(spreadBeside([10, 90], 10, bar), [10, 90]);
    assert.deepEqual(spreadBeside([49, 51], 10, bar), [42, 58]);
    const [lower = 0, upper = 0] = spreadBeside([49, 48], 10, bar);
    assert.ok(lower <= 42 && lower - upper > 9.9);
  });

  it("are not moved if nothing is on one side of the line", () => {
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
    const texts = textsOf(change.draw(rows, {...figure, label: "Lead"}));
    for (const number of ["+0.4", "−1.0", "+12"]) assert.ok(texts.includes(number), texts.join(", "));
  });
});

describe("a drawing of one load", () => {
  const by = "Request rate (req/s)";
  for (const [name, drawing] of [
    [
      "distribution",
      distribution.draw([{load: "4", p5: 1, p25: 2, p50: 3, p75: 4, p95: 5}], {
        ...figure,
        by,
        label: "TTFT (ms)"
      })
    ],
    ["gaps", gaps.draw([{load: "4", low: 10, high: 12, share: 1}], {...figure, by})]
  ] as const) {
    it(`has the name of its axis above, if there is room for it: ${name}`, () => {
      const label = [...drawing.querySelectorAll("text")].find(({textContent}) => textContent === by);
      assert.ok(label);
      assert.doesNotMatch(label.getAttribute("transform") ?? "", /rotate/);
    });
  }
});

describe("an axis of loads", () => {
  const line = (loads: readonly number[], axis: "concurrency" | "rate") =>
    loads.map((load) => ({series: "only", label: "only", [axis]: load, value: 100, low: 100, high: 100}));

  for (const [name, loads, axis] of [
    ["dense concurrencies", Array.from({length: 24}, (_, i) => i + 1), "concurrency"],
    ["large concurrencies", [1, 1000, 1024, 2048, 4096], "concurrency"],
    ["dense rates", Array.from({length: 24}, (_, i) => (i + 1) / 4), "rate"]
  ] as const) {
    it(`has ticks that do not run together at ${name}`, () => {
      const drawing = lines.draw(line(loads, axis), {...figure, label: "Throughput"});
      assert.ok(ticksOf(drawing, "x").length > 1, "some are left");
      assert.deepEqual(overlaps(drawing), []);
    });
  }

  it("has a tick at each load if there is room", () => {
    const powers = [1, 2, 4, 8, 16];
    const drawing = lines.draw(line(powers, "concurrency"), {...figure, label: "Throughput"});
    assert.deepEqual(ticksOf(drawing, "x").map(Number), powers);
  });

  it("says what the loads are", () => {
    for (const [axis, label] of [
      ["concurrency", "Concurrency →"],
      ["rate", "Request rate (req/s) →"]
    ] as const) {
      const texts = textsOf(lines.draw(line([1, 2], axis), {...figure, label: "Throughput"}));
      assert.ok(texts.includes(label), texts.join(", "));
    }
  });
});

describe("the numbers of an axis", () => {
  const ticks = (value: number) => {
    const rows = [1, 2].map((concurrency) => ({
      series: "",
      label: "",
      concurrency,
      value: value / concurrency,
      low: value / concurrency,
      high: value / concurrency
    }));
    return ticksOf(lines.draw(rows, {...figure, label: "Throughput (tok/s)"}), "y");
  };

  it("are written as they are in tables", () => {
    assert.deepEqual(ticks(14_000), [
      "0",
      "2000",
      "4000",
      "6000",
      "8000",
      "10\u202f000",
      "12\u202f000",
      "14\u202f000"
    ]);
    assert.deepEqual(ticks(-20), ["−20", "−15", "−10", "−5", "0"]);
    assert.deepEqual(ticks(1.2), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0", "1.2"]);
  });
});

describe("rows and options from outside", () => {
  const row = {series: "a", concurrency: 1, value: 5};

  it("are drawn if they fit, without columns that no figure asks for", () => {
    const draw = lines.of(
      [
        {...row, text: "5 tok/s"},
        {...row, concurrency: 2n}
      ],
      {label: "Throughput"}
    );
    assert.ok(textsOf(draw(figure)).includes("Concurrency →"));
  });

  for (const [name, rows, options, message] of [
    [
      "a missing column",
      [row, {series: "a", concurrency: 1}],
      {label: "L"},
      "row 2, column “value”, is missing; correct the query that yields it"
    ],
    [
      "NULL",
      [{...row, value: null}],
      {label: "L"},
      "row 1, column “value”, is NULL and not a number; correct the query that yields it"
    ],
    [
      "a text for a number",
      [{...row, value: "5"}],
      {label: "L"},
      "row 1, column “value”, is “5” and not a number; correct the query that yields it"
    ],
    [
      "no load",
      [{series: "a", value: 5}],
      {label: "L"},
      "row 1, column “concurrency”, is missing, and so is “rate”; correct the query that yields it"
    ],
    [
      "more faults than one can read",
      Array.from({length: 5}, () => ({...row, value: null})),
      {label: "L"},
      `${[1, 2, 3].map((n) => `row ${n}, column “value”, is NULL and not a number; correct the query that yields it`).join("; ")}; and 2 more like these`
    ],
    ["no rows", [], {label: "L"}, "there is no row to draw; correct the query, or leave the figure out"],
    ["a missing option", [row], {}, "option “label” is missing; correct it in the cell"],
    [
      "an option it has not",
      [row],
      {label: "L", colour: "red"},
      "this figure has no option “colour”; leave it out"
    ]
  ] as const)
    it(`are refused with the place and what to do: ${name}`, () => {
      assert.throws(() => lines.of(rows, options), {message});
    });

  it("are distinguished from modules that draw nothing", () => {
    assert.equal(isDrawable(lines), true);
    assert.equal(isDrawable(chart), false);
    assert.equal(isDrawable(undefined), false);
  });
});

describe("the colours of series", () => {
  it("are their own if all have one, and neutral otherwise", () => {
    const colored = new Set(["a", "b"]);
    assert.deepEqual(["a", "b"].map(seriesColors(["a", "b", "a"], colored)), [
      "var(--series-a)",
      "var(--series-b)"
    ]);
    assert.deepEqual(["a", "c"].map(seriesColors(["a", "c"], colored)), [
      "var(--series-1)",
      "var(--series-2)"
    ]);
  });
});

describe("the frontier of points", () => {
  const points = [
    {x: 1, y: 1},
    {x: 2, y: 3},
    {x: 3, y: 2},
    {x: 3, y: 3}
  ];

  it("is made of the points that no other beats", () => {
    assert.deepEqual(frontierOf(points, {x: "more", y: "more"}), [{x: 3, y: 3}]);
    assert.deepEqual(frontierOf(points, {x: "less", y: "more"}), [
      {x: 1, y: 1},
      {x: 2, y: 3}
    ]);
  });
});

describe("a scatter plot", () => {
  const point = (series: string, x: number, y: number) => ({
    series,
    label: series.toUpperCase(),
    text: `${x}/${y}`,
    x,
    y
  });
  const options = {...figure, x: "TTFT (ms)", y: "Throughput (tok/s)"};

  it("leaves labels out that would run into others", () => {
    const texts = textsOf(
      scatter.draw([point("a", 100, 100), point("a", 100, 101), point("a", 100, 50)], options)
    );
    assert.deepEqual(
      texts.filter((text) => text.includes("/") && !text.includes("tok")),
      ["100/100", "100/50"]
    );
  });

  it("has a legend if there are several series", () => {
    const legendOf = (...series: string[]) =>
      textsOf(
        scatter.draw(
          series.map((id, i) => point(id, i + 1, i + 1)),
          options
        )
      ).filter((text) => /^[A-Z]$/.test(text));
    assert.deepEqual(legendOf("a", "a"), []);
    assert.deepEqual(legendOf("a", "b"), ["A", "B"]);
  });
});

describe("the roofs of a roofline", () => {
  it("have names that do not overlap, even for equal roofs", () => {
    const roofs = ["H100", "H200", "B200"].map((label, i) => ({label, ridge: 200 + 90 * i, tflops: 989}));
    const drawing = roofline.draw([{series: "a", concurrency: 1, intensity: 3, tflops: 1}], {
      ...figure,
      roofs
    });
    const tops = textBoxes(drawing)
      .filter(({text}) => text.endsWith("00") && /^[HB]/.test(text))
      .map(({top}) => top)
      .sort((a, b) => a - b);
    assert.equal(tops.length, 3);
    for (const [i, top] of tops.slice(1).entries()) assert.ok(top - (tops[i] ?? 0) > 12.9, tops.join(" "));
  });
});

describe("a text in limited space", () => {
  it("is broken at spaces and hyphens, inside words only if they are long, and ends in an ellipsis", () => {
    const room = textWidth("abcdefgh");
    assert.deepEqual(fitted("abcd efgh", room), ["abcd", "efgh"]);
    assert.deepEqual(fitted("abcd-efgh", room), ["abcd-", "efgh"]);
    assert.deepEqual(fitted("abcdefghabcd", room), ["abcdefgh", "abcd"]);
    assert.deepEqual(fitted("abcd efgh abcd", room, {lines: 1}), ["abcd e…"]);
    assert.deepEqual(fitted("", room), []);
  });
});

describe("a label", () => {
  for (const [name, drawn] of Object.entries(drawings()))
    it(`stays within the figure, apart from that of the next tick: ${name}`, () => {
      for (const seed of Array.from({length: 24}, (_, i) => i + 1)) {
        for (const width of [330, 756]) {
          const drawing = drawn(random(seed), {...figure, width});
          assert.deepEqual(outside(drawing), [], `seed ${seed}, ${width} pixels`);
          assert.deepEqual(overlaps(drawing), [], `seed ${seed}, ${width} pixels`);
        }
      }
    });
});

interface Random {
  /** From 0.001 to 10 million, every decade equally likely. */
  value(): number;
  integer(from: number, to: number): number;
  name(): string;
}

/** Numbers and names that a seed reproduces. */
function random(seed: number): Random {
  let state = seed * 2654435761;
  const next = () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return (state ^ (state >>> 13)) >>> 0;
  };
  const share = () => next() / 2 ** 32;
  const integer = (from: number, to: number) => from + Math.floor(share() * (to - from + 1));
  const words = [
    "AWQ",
    "Llama-3.1-405B-Instruct-FP8",
    "two",
    "tensor parallel",
    "Wissenschaftlichkeit",
    "モデル"
  ];
  return {
    value: () => 10 ** (share() * 10 - 3),
    integer,
    name: () => Array.from({length: integer(1, 6)}, () => words[integer(0, words.length - 1)] ?? "").join(" ")
  };
}

type Drawn = (random: Random, figure: {document: Document; width: number; colored: Set<string>}) => Element;

function drawings(): Record<string, Drawn> {
  const times = <T>(count: number, make: (i: number) => T) => Array.from({length: count}, (_, i) => make(i));
  const quantity = (random: Random, sign = 1) => {
    const [low = 0, value = 0, high = 0] = times(3, () => sign * random.value()).sort((a, b) => a - b);
    return {value, low, high};
  };
  const seriesRows = (random: Random) =>
    times(random.integer(1, 12), (i) => {
      const label = random.name();
      return times(random.integer(1, 8), (k) => ({
        series: `s${i}`,
        label,
        concurrency: 2 ** k,
        ...quantity(random)
      }));
    }).flat();
  const byRate = (random: Random) =>
    seriesRows(random).map(({concurrency, ...row}) => ({...row, rate: concurrency * 0.7}));
  return {
    lines: (random, figure) =>
      lines.draw(seriesRows(random), {...figure, label: random.name(), numbers: "s0"}),
    "lines by rate": (random, figure) => lines.draw(byRate(random), {...figure, label: random.name()}),
    "lines on a logarithm": (random, figure) =>
      lines.draw(seriesRows(random), {
        ...figure,
        label: random.name(),
        log: true,
        diagonal: true
      }),
    "lines of shares": (random, figure) =>
      lines.draw(seriesRows(random), {
        ...figure,
        label: random.name(),
        percent: true,
        numbers: "s0"
      }),
    dots: (random, figure) => dots.draw(seriesRows(random), {...figure, label: random.name()}),
    change: (random, figure) =>
      change.draw(
        times(random.integer(1, 8), (k) => ({
          concurrency: 2 ** k,
          ...quantity(random, random.integer(0, 1) === 0 ? -1 : 1)
        })),
        {...figure, label: random.name()}
      ),
    distribution: (random, figure) =>
      distribution.draw(
        times(random.integer(1, 12), (i) => {
          const [p5 = 0, p25 = 0, p50 = 0, p75 = 0, p95 = 0] = times(5, random.value).sort((a, b) => a - b);
          return {load: `${random.name()} ${i}`, p5, p25, p50, p75, p95};
        }),
        {...figure, label: random.name(), by: random.name()}
      ),
    gaps: (random, figure) =>
      gaps.draw(
        times(random.integer(1, 12), (i) => {
          const low = random.value();
          return {load: `${random.name()} ${i}`, low, high: low * 1.2, share: random.integer(1, 1000) / 1000};
        }),
        {...figure, by: random.name()}
      ),
    timeline: (random, figure) =>
      timeline.draw(
        times(random.integer(1, 60), (request) => {
          const [start = 0, first = 0, end = 0] = times(3, random.value).sort((a, b) => a - b);
          return {request, start, first, end, failed: random.integer(0, 1) === 1};
        }),
        figure
      ),
    range: (random, figure) =>
      range.draw(
        times(random.integer(1, 12), (i) => {
          const [outer_low = 0, low = 0, value = 0, high = 0, outer_high = 0] = times(5, random.value).sort(
            (a, b) => a - b
          );
          return {label: `${random.name()} ${i}`, outer_low, low, value, high, outer_high};
        }),
        {...figure, label: random.name(), references: [random.value()]}
      ),
    ceiling: (random, figure) =>
      ceiling.draw(
        times(random.integer(1, 12), (i) => ({
          series: `s${i}`,
          label: `${random.name()} ${i}`,
          ...quantity(random)
        })),
        {...figure, label: random.name(), ceiling: quantity(random), name: random.name()}
      ),
    "ceiling by load": (random, figure) =>
      ceilingCurve.draw(
        seriesRows(random).map((row, i) => ({...row, series: i % 2 === 0 ? null : row.series})),
        {...figure, label: random.name()}
      ),
    roofline: (random, figure) =>
      roofline.draw(
        times(random.integer(1, 12), (i) => ({
          series: `s${i}`,
          concurrency: random.integer(1, 10_000),
          intensity: random.value(),
          tflops: random.value()
        })),
        {
          ...figure,
          roofs: times(random.integer(1, 4), () => ({
            label: random.name(),
            ridge: random.value(),
            tflops: random.value()
          }))
        }
      ),
    scatter: (random, figure) =>
      scatter.draw(
        times(random.integer(1, 12), (i) => ({
          series: `s${i}`,
          label: random.name(),
          text: random.name(),
          x: random.value(),
          y: random.value()
        })),
        {
          ...figure,
          x: random.name(),
          y: random.name(),
          fit: {intercept: random.value(), slope: random.value(), label: random.name()},
          reference: {intercept: 0, slope: random.value(), label: random.name()},
          frontier: {x: "less", y: "more"}
        }
      )
  };
}
