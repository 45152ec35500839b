import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {z} from "zod";
import {type Cell, cellsOf, keyOf, partsOf} from "../../loaders/cells/cell.js";
import {checkDeclaration, readDeclaration, tableSpec} from "../../loaders/cells/declaration.js";
import {type Makers, makeCell} from "../../loaders/cells/make-cells.js";
import {distinct, type Row, select} from "../../loaders/cells/rows.js";
import {fillLoops} from "../../loaders/cells/template.js";
import {chart} from "../../loaders/charts/chart.js";
import type {Fact} from "../../loaders/facts/read-facts.js";
import {madeEvidence} from "../support/made-evidence.js";

const fence = "```";

const pageOf = (lines: readonly string[]) => ({page: "page", file: "page.md", source: lines.join("\n")});

/** The only cell in a text, starting on the second line. */
function cellOf(kind: string, name: string, ...body: string[]): Cell {
  const [cell] = cellsOf(pageOf(["# T", `${fence}${kind} ${name}`, ...body, fence]));
  return cell ?? assert.fail();
}

function fact(family: string, key: Fact["key"], text: string, derived = false): Fact {
  const keys = Object.entries(key).map(([column, value]) => (column === "concurrency" ? `c${value}` : value));
  return {
    id: [family, ...keys].join("."),
    family,
    key,
    question: "",
    value: 1,
    low: 0,
    high: 2,
    unit: "1",
    interval: "rounding",
    derived,
    sources: [],
    sql: "",
    format: {decimals: 0},
    text,
    intervalText: `[${text}]`
  };
}

const facts = [
  fact("gain", {concurrency: 1}, "+58"),
  fact("gain", {concurrency: 8}, "+37"),
  fact("speed", {series: "fp8", concurrency: 1}, "112", true),
  fact("setting_number", {series: "fp8", field: "gpu_count"}, "2")
];

const queries: Readonly<Record<string, readonly Row[]>> = {
  gain: [
    {concurrency: 8, id: "gain.c8", value: 0.37, low: 0.3, high: 0.4, text: "+37", series: "fp8"},
    {concurrency: 1, id: "gain.c1", value: 0.58, low: 0.5, high: 0.6, text: "+58", series: "fp8"}
  ],
  listed: [
    {series: "fp8", name: "eight", nothing: null, fact: "gain.c8", source: "paper"},
    {series: "bf16", name: "sixteen", nothing: null, fact: "gain.c1", source: "paper"}
  ],
  one: [{number: 5}],
  empty: [],
  note: [{text: "First {{gain.c1}}."}, {text: "Second."}],
  wrong_note: [{text: "{{gain.c99}}"}],
  stated_setting: [
    {series: "fp8", field: "gpu", text: "Kite", varies: false},
    {series: "fp8", field: "gpu_count", text: "2", varies: false},
    {series: "fp8", field: "seed", text: null, varies: true},
    {series: "bf16", field: "gpu", text: null, varies: false}
  ]
};

const rowsOf = async (name: string) =>
  queries[name] ?? Promise.reject(new Error(`no query and no family is called “${name}”.`));

/** Draws only its input, as attributes. */
const plain = chart({
  rows: z.array(z.object({concurrency: z.number(), value: z.number()})),
  options: z.strictObject({label: z.string(), most: z.number().optional(), only: z.number().optional()}),
  draw(rows, {document, width, height = 100, label, most, only}) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const drawn = {rows: rows.map(({concurrency}) => concurrency).join(), width, height, label, most, only};
    for (const [name, value] of Object.entries(drawn))
      if (value !== undefined) svg.setAttribute(`data-${name}`, String(value));
    return svg;
  }
});

function makers(cells: readonly Cell[]): Makers {
  return {
    cells,
    explorableOf: async (name) =>
      name === "slider"
        ? {
            schema: z.strictObject({label: z.string(), rows: z.array(z.unknown()).optional()}),
            drawStart: (element) => {
              element.textContent = "drawn";
            }
          }
        : undefined,
    material: {
      evidence: madeEvidence({}),
      queries: [],
      facts: new Map(facts.map((each) => [each.id, each])),
      claims: [],
      texts: {"label.fp8": "FP8", "label.bf16": "BF16"},
      links: {"source.paper": {title: "A paper", url: null}},
      pages: [],
      rowsOf,
      chartOf: async (name) => (name === "plain" ? plain : undefined),
      colored: new Set()
    }
  };
}

/** Makes a cell without faults. */
async function made(cell: Cell, ...others: Cell[]) {
  const {made: result, faults} = await makeCell(cell, makers([cell, ...others]));
  assert.deepEqual(faults, []);
  return result;
}

/** The faults of a cell, as a build lists them. */
async function faultsOf(cell: Cell, ...others: Cell[]): Promise<string[]> {
  const {faults} = await makeCell(cell, makers([cell, ...others]));
  return faults.map(({file, place, message}) => `${file}: ${place}: ${message}`);
}

/** The texts of a table, row by row. */
function textsOf(html: string): string[][] {
  return Array.from(html.matchAll(/<tr>(.*?)<\/tr>/gs), ([, row = ""]) =>
    Array.from(row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs), ([, cell = ""]) => cell.replace(/<[^>]*>/g, ""))
  );
}

describe("the cells of a page", () => {
  it("are its fences, with kind, name, body and line; fences inside longer ones are text", () => {
    const source = [
      "Text",
      `${fence}sql gain`,
      "SELECT 1",
      fence,
      `~~~~md`,
      `${fence}figure none`,
      fence,
      "~~~~",
      "```claims",
      "a"
    ];
    assert.deepEqual(
      cellsOf(pageOf(source)).map(({kind, name, line, body}) => [kind, name, line, body]),
      [
        ["sql", "gain", 2, "SELECT 1\n"],
        ["md", "", 5, `${fence}figure none\n${fence}\n`]
      ]
    );
  });

  it("have a caption after a line of three hyphens", () => {
    assert.deepEqual(partsOf("label: x\n---\nA caption --- of\n\nparagraphs.\n"), {
      declaration: "label: x\n",
      caption: "A caption --- of\n\nparagraphs."
    });
  });

  it("are kept under everything that they depend on besides the data", () => {
    const cell = cellOf("table", "gain", "label: x");
    const others = [
      {...cell, kind: "figure"},
      {...cell, name: "other"},
      {...cell, page: "other"},
      {...cell, body: "label: y\n"},
      {...cell, body: `${cell.body}---\nOf {series}.\n`}
    ];
    assert.equal(new Set([cell, ...others].map(keyOf)).size, 6);
    // A caption without holes for rows is rendered with the page.
    assert.equal(keyOf({...cell, body: `${cell.body}---\nOf {{label.fp8}}.\n`}), keyOf(cell));
  });
});

describe("a declaration", () => {
  it("keeps the order of columns, and repeated headings", () => {
    const spec = readDeclaration(
      cellOf("table", "t", "label: x", "rows: gain", "columns:", "  B: row.text", "  A: row.id", "  B: gain"),
      tableSpec
    );
    assert.ok(!("list" in spec));
    assert.deepEqual(spec.columns, [
      {heading: "B", cell: "row.text", line: 6},
      {heading: "A", cell: "row.id", line: 7},
      {heading: "B", cell: "gain", line: 8}
    ]);
  });

  const wrong: [name: string, cell: Cell, message: RegExp, line: number][] = [
    [
      "YAML that is none",
      cellOf("table", "t", "label: x", "rows: [gain", "columns: {A: b}"),
      /Correct the YAML\.$/,
      5
    ],
    ["a text", cellOf("table", "t", "only text"), /^a cell must hold a list of “name: value” lines/, 2],
    [
      "an unknown option",
      cellOf("figure", "f", "draw: plain", "rows: gain", "alt: x", "table: t", "colour: red"),
      /^unknown “colour”\. Correct the cell\.$/,
      2
    ],
    [
      "an option of the wrong kind",
      cellOf("figure", "f", "draw: plain", "rows: gain", "height: tall", "alt: x", "table: t"),
      /^height: .*number.* Correct the cell\.$/,
      5
    ],
    ["one that is missing", cellOf("explorable", "e", "caption: x"), /^data: /, 2],
    [
      "a figure like none",
      cellOf("figure", "f", "like: page"),
      /^like: write PAGE#FIGURE\. Correct the cell\.$/,
      3
    ]
  ];
  for (const [name, cell, message, line] of wrong) {
    it(`is refused at its line with the remedy: ${name}`, () => {
      assert.throws(
        () => checkDeclaration(cell),
        (error: unknown) =>
          error instanceof Error && message.test(error.message) && Reflect.get(error, "line") === line
      );
    });
  }
});

describe("rows", () => {
  const rows = [
    {n: 2, s: "a"},
    {n: 1, s: "b"},
    {n: 10, s: "a"},
    {n: 2, s: "b"}
  ];

  it("are chosen by values, and ordered by a list of them", () => {
    assert.deepEqual(select(rows, {s: "a"}), [
      {n: 2, s: "a"},
      {n: 10, s: "a"}
    ]);
    assert.deepEqual(select(rows, {s: ["b", "a"], n: [2, 1]}), [
      {n: 2, s: "b"},
      {n: 1, s: "b"},
      {n: 2, s: "a"}
    ]);
    assert.deepEqual(select(rows), rows);
  });

  it("give each combination once, numbers in order", () => {
    assert.deepEqual(distinct(rows, ["n"]), [{n: 1}, {n: 2}, {n: 10}]);
    assert.deepEqual(distinct(rows, ["s", "none"]), [
      {s: "a", none: null},
      {s: "b", none: null}
    ]);
  });
});

describe("a loop in a text", () => {
  it("repeats for each row, joined by commas or the given separator", async () => {
    assert.equal(
      await fillLoops("Gains: {{#gain}}{text} at {concurrency}{{/}}.", rowsOf),
      "Gains: +37 at 8, +58 at 1."
    );
    assert.equal(await fillLoops('{{#gain by "; "}}{text}{{/}}', rowsOf), "+37; +58");
  });

  it("takes the rows that it selects, in the order it sets", async () => {
    assert.equal(await fillLoops("{{#gain concurrency=1,8}}{text}{{/}}", rowsOf), "+58, +37");
    assert.equal(await fillLoops("{{#gain concurrency=1 series=fp8}}{text}{{/}}", rowsOf), "+58");
  });

  it("takes the rows of its cell, and fills in what they all have in common", async () => {
    assert.equal(await fillLoops("{series}: {{#rows}}{text}{{/}}", rowsOf, queries.gain), "fp8: +37, +58");
    await assert.rejects(fillLoops("{text}", rowsOf, queries.gain), /“\{text\}” has no value/);
  });
});

describe("a table cell", () => {
  it("has a row for each key of a family, which completes the names of facts", async () => {
    const {html, caption} = await made(
      cellOf(
        "table",
        "t",
        "label: The gain of {{label.fp8}}",
        "each: concurrency of gain",
        "columns:",
        "  Gain: gain",
        "  Interval: gain interval",
        "---",
        "A caption."
      )
    );
    assert.equal(caption, "A caption.");
    assert.match(html, /aria-label="The gain of FP8"/);
    assert.deepEqual(textsOf(html), [
      ["Concurrency", "GainInterval", "Interval"],
      ["1", "+58[+58]", "[+58]"],
      ["8", "+37[+37]", "[+37]"]
    ]);
  });

  it("has a row for each row of a query, with facts, texts, settings, sources and links from its columns", async () => {
    const {html} = await made(
      cellOf(
        "table",
        "t",
        "label: All",
        "rows: listed",
        "columns:",
        "  Name: row.name",
        "  Label: label.{series}",
        '  Fact: "{fact}"',
        '  Page: "[{{label.{series}}}](./series/{series})"',
        '  Words: "{name} by {{label.{series}}}"',
        "  GPU: setting.{series}.gpu",
        "  GPUs: setting.{series}.gpu_count",
        "  Seed: setting.{series}.seed",
        "  Source: source.{source}",
        '  Nothing: "{nothing}"'
      )
    );
    assert.deepEqual(textsOf(html).slice(1), [
      ["eight", "FP8", "+37", "FP8", "eight by FP8", "Kite", "2", "differs from run to run", "paper", "—"],
      [
        "sixteen",
        "BF16",
        "+58",
        "BF16",
        "sixteen by BF16",
        "not stated",
        "not stated",
        "not stated",
        "paper",
        "—"
      ]
    ]);
    assert.match(html, /<a href="\.\/series\/fp8">FP8<\/a>/);
    assert.match(html, /data-fact="setting_number\.fp8\.gpu_count"/);
  });

  it("marks derived values on request", async () => {
    const cell = async (column: string) => {
      const columns = `columns: {N: row.name, Speed: "${column}"}`;
      return (await made(cellOf("table", "t", "label: x", "rows: listed", "where: {series: fp8}", columns)))
        .html;
    };
    assert.match(await cell("speed.{series}.c1 approx"), /<i>≈ <data data-fact="speed\.fp8\.c1"/);
    assert.doesNotMatch(await cell("speed.{series}.c1"), /≈/);
  });

  it("is empty if it has no rows", async () => {
    assert.deepEqual(await made(cellOf("table", "t", "label: x", "rows: empty", "columns: {N: row.n}")), {
      html: ""
    });
  });

  const wrong: [name: string, body: string[], fault: RegExp][] = [
    [
      "a query that there is not",
      ["label: x", "rows: none", "columns: {N: row.n}"],
      /^src\/page\.md: line 2, table “t”: no query and no family is called “none”/
    ],
    [
      "a column that the rows have not, at its line",
      ["label: x", "rows: one", "columns:", "  N: row.n"],
      /line 6, table “t”: the rows have no column “n”; they have number\. Correct it\.$/
    ],
    [
      "a family that there is not",
      ["label: x", "each: concurrency of gain", "columns: {N: leed}"],
      /line 2, table “t”: its cells name the unknown fact leed\./
    ],
    ["neither rows nor each", ["label: x", "columns: {N: row.n}"], /say what the rows are: “rows: QUERY”/],
    [
      "a caption whose rows differ",
      ["label: x", "rows: gain", "columns: {N: row.text}", "---", "All of {text}."],
      /“\{text\}” has no value: the rows differ/
    ]
  ];
  for (const [name, body, fault] of wrong) {
    it(`names ${name}`, async () => {
      const faults = await faultsOf(cellOf("table", "t", ...body));
      assert.equal(faults.length, 1, faults.join("\n"));
      assert.match(faults[0] ?? "", fault);
    });
  }
});

describe("a figure cell", () => {
  const body = ["draw: plain", "rows: gain", "options: {label: The gain}", "alt: A gain", "table: t"];
  const twin = cellOf("table", "t", "label: x", "each: concurrency of gain", "columns: {Gain: gain}");

  it("is drawn for wide and for narrow screens, with its alternative text and its twin", async () => {
    const {
      html,
      twin: table,
      table: name,
      caption
    } = await made(
      cellOf(
        "figure",
        "f",
        ...body.with(3, "alt: 'Gains: {{#rows}}{text}{{/}} of {{label.fp8}}'"),
        "---",
        "C."
      ),
      twin
    );
    const drawn = Array.from(html.matchAll(/<svg[^>]*>/g), String);
    assert.deepEqual(
      drawn.map((svg) => /data-width="(\d+)"/.exec(svg)?.[1]),
      ["756", "330"]
    );
    for (const [i, svg] of drawn.entries()) {
      assert.match(svg, /aria-label="Gains: \+37, \+58 of FP8" .*role="img"/);
      assert.ok(svg.includes(`class="${["wide", "narrow"][i]}"`), svg);
    }
    assert.equal(name, "t");
    assert.equal(caption, "C.");
    assert.deepEqual(textsOf(table ?? "").slice(1), [
      ["1", "+58"],
      ["8", "+37"]
    ]);
  });

  it("passes numbers, words, values and rows to its chart, and only the rows it selects", async () => {
    const {html} = await made(
      cellOf(
        "figure",
        "f",
        "draw: plain",
        "rows: gain",
        "where: {concurrency: [1, 8]}",
        "height: 50",
        'options: {label: "Gain of {{label.fp8}}", most: "{{gain.c1}}", only: {value: one}}',
        "alt: A gain",
        "table: t"
      ),
      twin
    );
    assert.match(html, /data-rows="1,8"/);
    assert.match(html, /data-height="50"/);
    assert.match(html, /data-label="Gain of FP8"/);
    assert.match(html, /data-most="1"/);
    assert.match(html, /data-only="5"/);
  });

  it("may be like one of another page, at another height", async () => {
    const origin = {...cellOf("figure", "f", ...body), page: "other"};
    const {html} = await made(cellOf("figure", "g", "like: other#f", "height: 70"), origin, {
      ...twin,
      page: "other"
    });
    assert.match(html, /data-height="70".*data-label="The gain"|data-label="The gain".*data-height="70"/);
  });

  it("is empty if it has no rows", async () => {
    assert.deepEqual(await made(cellOf("figure", "f", ...body.with(1, "rows: empty")), twin), {html: ""});
  });

  const wrong: [name: string, cell: Cell, fault: RegExp][] = [
    [
      "a chart that there is not",
      cellOf("figure", "f", ...body.with(0, "draw: none")),
      /line 2, figure “f”: no chart is called “none”\. Write src\/figures\/none\.ts, or name one of the engine’s\./
    ],
    [
      "rows that the chart does not take",
      cellOf("figure", "f", ...body.with(1, "rows: one")),
      /figure “f”: row 1, column “concurrency”, is missing; correct the query/
    ],
    [
      "an option that the chart does not have",
      cellOf("figure", "f", ...body.with(2, "options: {label: x, colour: red}")),
      /this figure has no option “colour”/
    ],
    [
      "a twin that there is not",
      cellOf("figure", "f", ...body.with(4, "table: none")),
      /the page has no table “none”\. Write it, or correct the name\./
    ],
    [
      "a figure of no page",
      cellOf("figure", "f", "like: other#none"),
      /no page has the figure “other#none”\. Correct “like”\./
    ],
    [
      "a value of which there are several",
      cellOf("figure", "f", ...body.with(2, "options: {label: x, only: {value: gain}}")),
      /gain yields 14 values instead of one\. Make it return one row of one column\./
    ]
  ];
  for (const [name, cell, fault] of wrong) {
    it(`names ${name}`, async () => {
      const faults = await faultsOf(cell, twin);
      assert.equal(faults.length, 1, faults.join("\n"));
      assert.match(faults[0] ?? "", fault);
    });
  }
});

describe("an explorable cell", () => {
  it("is drawn in its start state, and gets its data without letting it close the script", async () => {
    const {html, caption} = await made(
      cellOf("explorable", "slider", "data: {label: '</script><b>', rows: {rows: one}}", "---", "C.")
    );
    assert.match(html, /^<div class="start">drawn<\/div>/);
    assert.match(html, /\{"label":"\\u003c\/script>\\u003cb>","rows":\[\{"number":5\}\]\}<\/script>$/);
    assert.equal(caption, "C.");
  });

  it("names wrong data, and an unknown explorable", async () => {
    assert.match(
      (await faultsOf(cellOf("explorable", "slider", "data: {label: 5}"))).join("\n"),
      /line 2, explorable “slider”: its data: label: .*string/
    );
    assert.match(
      (await faultsOf(cellOf("explorable", "none", "data: {}"))).join("\n"),
      /no explorable is called “none”\. Write src\/explorables\/none\.ts, or correct the name\./
    );
  });
});

describe("a prose cell", () => {
  it("holds the paragraphs of its query", async () => {
    assert.deepEqual(await made(cellOf("prose", "note")), {html: "First {{gain.c1}}.\n\nSecond."});
  });

  it("names the unknown names in its rows", async () => {
    assert.deepEqual(await faultsOf(cellOf("prose", "wrong_note")), [
      "src/page.md: line 2, prose “wrong_note”: its rows name the unknown “gain.c99”. Correct the query."
    ]);
  });
});
