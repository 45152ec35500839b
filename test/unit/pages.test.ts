import assert from "node:assert/strict";
import {describe, it} from "node:test";
import MarkdownIt from "markdown-it";
import type {FigureOptions} from "../../loaders/charts/chart.js";
import {faultIn} from "../../loaders/cli/framework.js";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import type {Fact} from "../../loaders/facts/read-facts.js";
import {tableFaults} from "../../loaders/html/table-html.js";
import {checkPage, checkPages} from "../../loaders/pages/check.js";
import {drawAll} from "../../loaders/pages/draw.js";
import {explorableHtml} from "../../loaders/pages/explorable.js";
import {
  explorableNames,
  figureNames,
  reportTableNames,
  tableNames
} from "../../loaders/pages/findings/names.js";
import {makeReport} from "../../loaders/pages/make.js";
import {quoteHtml, reportSyntax} from "../../loaders/pages/markdown.js";
import type {Report} from "../../loaders/pages/report.js";
import {makeSeriesPages} from "../../loaders/pages/series/make.js";
import {pages} from "../../loaders/pages/site.js";
import {paths} from "../../loaders/paths.js";
import {pieces} from "../../loaders/references.js";
import {compute} from "../../loaders/site/compute.js";

const hostile = "<img src=x onerror=alert(1)> \u0024{alert(1)} {{lead.c1}} {1+1} *a* `b`";
const shown = "&lt;img src=x onerror=alert(1)&gt; \u0024{alert(1)} {{lead.c1}} {1+1} *a* `b`";

const report: Report = {
  facts: {
    "lead.c1": {id: "lead.c1", value: 0.4167, text: "+42\u202f%", intervalText: "[+39.2,\u202f+44.2]\u202f%"},
    exact: {id: "exact", value: 5, text: "5", intervalText: ""}
  },
  texts: {"label.awq": "AWQ", "label.hostile": hostile},
  links: {"source.one": {title: hostile, url: "https://example.org/"}},
  claims: {},
  figures: {lead: {html: '<svg class="wide"></svg>', table: "<table></table>"}},
  explorables: {slider: '<div class="start"></div>'},
  tables: {lead: "<table></table>", other: "<table><caption>Other</caption></table>"}
};

function render(source: string): string {
  const md = new MarkdownIt({html: true});
  reportSyntax(md, () => report);
  return md.render(source);
}

describe("the syntax of pages", () => {
  it("fills in a fact as a number that can be activated", () => {
    assert.equal(
      render("It is {{lead.c1}}."),
      '<p>It is <data data-fact="lead.c1" value="0.4167">+42\u202f%</data>.</p>\n'
    );
  });

  it("fills in the interval of a fact", () => {
    assert.equal(
      render("{{lead.c1 interval}} {{ exact interval }}"),
      '<p><span data-interval="lead.c1">[+39.2,\u202f+44.2]\u202f%</span> <span data-interval="exact">exact</span></p>\n'
    );
  });

  it("fills in a fact within emphasis, a heading, a link and a list", () => {
    const html = render("# {{exact}}\n\n- **{{exact}}**\n\n[{{exact}}](./x)");
    assert.equal(html.match(/<data data-fact="exact" value="5">5<\/data>/g)?.length, 3);
  });

  it("writes a name from the evidence as text, whatever it looks like", () => {
    assert.equal(render("{{label.hostile}}"), `<p>${shown}</p>\n`);
  });

  it("writes the title of a source as text within its link", () => {
    assert.match(render("{{source.one}}"), /^<p><a href="https:\/\/example\.org\/" rel="external">&lt;img/);
  });

  it("leaves code as it is written", () => {
    assert.equal(render("`{{lead.c1}}`"), "<p><code>{{lead.c1}}</code></p>\n");
  });

  it("puts a figure with its caption and its table", () => {
    const html = render("```figure lead\nThe lead is {{lead.c1}}.\n```");
    assert.match(html, /<figure class="chart" id="figure-lead">\n<svg class="wide"><\/svg>/);
    assert.match(html, /<figcaption>The lead is <data data-fact="lead\.c1"/);
    assert.match(html, /<summary>The same as a table<\/summary>\n<table><\/table>/);
  });

  it("points to the table that follows instead of repeating it, past a further figure too", () => {
    const twins = (source: string) =>
      Array.from(render(source).matchAll(/<details>|href="#table-\w+"/g), String);
    const figure = "```figure lead\n```\n\n";
    assert.deepEqual(twins(`${figure}\`\`\`table lead\n\`\`\``), ['href="#table-lead"']);
    assert.deepEqual(twins(`${figure}${figure}\`\`\`table lead\n\`\`\``), [
      'href="#table-lead"',
      'href="#table-lead"'
    ]);
    assert.deepEqual(twins(`${figure}\`\`\`table other\n\`\`\``), ["<details>"]);
    assert.deepEqual(twins(`${figure}Text.\n\n\`\`\`table lead\n\`\`\``), ["<details>"]);
  });

  it("puts a table with its caption", () => {
    assert.match(render("```table lead\nA caption.\n```"), /<figcaption>A caption\.<\/figcaption>\n<table>/);
  });

  it("puts an explorable as its start, and says what its inputs need", () => {
    const html = render("```explorable slider\n```");
    assert.match(html, /data-explorable="slider"/);
    assert.match(html, /Its inputs need JavaScript; this is their start\./);
    assert.match(html, /<div class="start">/);
  });

  it("draws the start of an explorable, and gives it its data without letting it close the script", () => {
    const html = explorableHtml({
      data: {label: "</script><b>"},
      draw: (element) => {
        element.textContent = "drawn";
      }
    });
    assert.match(html, /^<div class="start">drawn<\/div>/);
    assert.match(html, /\{"label":"\\u003c\/script>\\u003cb>"\}<\/script>$/);
  });

  it("leaves other fences alone", () => {
    assert.equal(render("```\n{{lead.c1}}\n```"), "<pre><code>{{lead.c1}}\n</code></pre>\n");
  });

  for (const unknown of ["{{lead.c9}}", "{{label.none}}", "{{source.none}}", "```figure none\n```"]) {
    it(`refuses ${unknown.replace(/\n.*/s, "")}`, () => {
      assert.throws(() => render(unknown), /the report has no “/);
    });
  }

  it("does not take a property of every object for a fact", () => {
    assert.throws(() => render("{{constructor}}"), /the report has no “constructor”/);
  });
});

describe("a quotation", () => {
  it("sets the cells of a table's row apart", () => {
    assert.equal(quoteHtml("| 2 | 62 | 110 | +77% |", report), "2 · 62 · 110 · +77%");
  });

  it("shows code as code, and text from the evidence as the characters it has", () => {
    assert.equal(quoteHtml("set to `N=0`, `a<b`", report), "set to <code>N=0</code>, <code>a&lt;b</code>");
    assert.equal(quoteHtml("{{label.hostile}}", report), shown);
  });
});

describe("pieces", () => {
  it("sets references apart from prose", () => {
    assert.deepEqual(pieces("{{lead.c1}}, {{ lead.c1 interval }}"), [
      {kind: "reference", source: "{{lead.c1}}", reference: {kind: "fact", id: "lead.c1", part: "value"}},
      {kind: "prose", source: ", "},
      {
        kind: "reference",
        source: "{{ lead.c1 interval }}",
        reference: {kind: "fact", id: "lead.c1", part: "interval"}
      }
    ]);
  });

  for (const wrong of ["", " ", "a b", "a interval b", "label.awq interval", "source.one interval"]) {
    it(`takes “${wrong}” for no reference`, () =>
      assert.deepEqual(pieces(`{{${wrong}}}`), [{kind: "unreadable", source: `{{${wrong}}}`}]));
  }
});

describe("checkPage", () => {
  const check = (source: string) =>
    checkPage("src/page.md", source, report).map(({file, place, message}) => `${file}: ${place}: ${message}`);

  it("finds nothing wrong with names the report knows", () => {
    const source =
      "# T\n{{lead.c1}} {{lead.c1 interval}} {{label.awq}} {{source.one}}\n```figure lead\n```\n";
    assert.deepEqual(check(source), []);
  });

  it("takes a misspelt fence for what it is, and code for code", () => {
    const faults = checkPage("src/x.md", "```figur lead\n```\n\n```sh\nnpm test\n```\n", report);
    assert.deepEqual(
      faults.map(({place, message}) => `${place}: ${message.split(".")[0]}`),
      ["line 1: unknown fence “figur”"]
    );
  });

  it("names file, line and remedy of every unknown name", () => {
    const source = [
      "# Title",
      "{{lead.c9}} and {{nothing}}",
      "{{label.none}} {{source.none}}",
      "```figure none",
      "```",
      "```table none",
      "```",
      "```explorable none",
      "```",
      "{{one two}}"
    ].join("\n");
    assert.deepEqual(check(source), [
      "src/page.md: line 2: unknown fact “lead.c9”. Known are lead.c1.",
      "src/page.md: line 2: unknown fact “nothing”. `npm run --silent facts` lists all facts; docs/writing.md tells what else there is.",
      "src/page.md: line 3: unknown text (or one the source does not state) “label.none”. Known are label.awq, label.hostile.",
      "src/page.md: line 3: unknown source “source.none”. Known are source.one.",
      "src/page.md: line 4: unknown figure “none”. Known are lead.",
      "src/page.md: line 6: unknown table “none”. Known are lead, other.",
      "src/page.md: line 8: unknown explorable “none”. Known are slider.",
      "src/page.md: line 10: “{{one two}}” is no reference. Write {{ID}} or {{ID interval}}."
    ]);
  });
});

describe("checkPages", () => {
  const sources = (names: string[]) => new Map(names.map((name) => [name, "# Title\n"]));
  const all = ["index", ...pages.map(({path}) => path.slice(1))];

  it("finds nothing wrong with every page of the navigation there", () => {
    assert.deepEqual(checkPages(report, sources(all)), []);
  });

  it("names a page of the navigation that is missing", () => {
    const [fault, ...rest] = checkPages(report, sources(all.filter((name) => name !== "facts")));
    assert.deepEqual(rest, []);
    assert.equal(fault?.file, "src/facts.md");
    assert.match(fault?.message ?? "", /^the page is missing\. Restore it, or take it out/);
  });

  it("excuses a name that could not be computed, and no other", () => {
    const page = new Map([...sources(all), ["method", "{{tpot.awq.c1}} {{ttft.awq.c1}}\n"]]);
    const faults = checkPages(report, page, (kind, name) => kind === "fact" && name.startsWith("tpot."));
    assert.deepEqual(
      faults.map(({message}) => /“(.+)”/.exec(message)?.[1]),
      ["ttft.awq.c1"]
    );
  });
});

describe("the names of figures, tables and explorables that are known without evidence", () => {
  it("are those that the findings make", async () => {
    const evidence = readEvidence(paths.data);
    const {facts, claims, queries, warehouse} = await compute(evidence);
    const {report: made} = await makeReport(evidence, facts, claims, queries, warehouse.connection);
    const {tables} = await makeSeriesPages(evidence, facts, warehouse.connection, {
      now: new Date(),
      measured: [],
      stale: []
    });
    warehouse.close();
    const indexes = Object.keys(tables).filter((name) => name.endsWith("-index"));
    assert.deepEqual(Object.keys(made.figures).sort(), [...figureNames].sort());
    assert.deepEqual(Object.keys(made.explorables).sort(), [...explorableNames].sort());
    assert.deepEqual(
      [...Object.keys(made.tables), ...indexes].sort(),
      [...tableNames, ...reportTableNames].sort()
    );
  });
});

describe("drawAll", () => {
  it("names every figure that cannot be drawn, and draws the others", () => {
    const table = {label: "", columns: [], rows: []};
    const broken = {
      alt: "",
      table,
      draw: () => {
        throw new Error("no rows");
      }
    };
    const whole = {
      alt: "A line",
      table,
      draw: ({document}: FigureOptions) => document.createElement("svg")
    };
    const {figures, faults} = drawAll(
      {one: broken, two: whole, three: broken},
      {facts: new Map(), sources: []}
    );
    assert.deepEqual(
      faults.map(({place, message}) => `${place} ${message}`),
      ["one", "three"].map(
        (name) =>
          `figure “${name}” it cannot be drawn: no rows. Correct its function in src/figures, or its rows.`
      )
    );
    assert.match(figures.two?.html ?? "", /aria-label="A line"/);
  });
});

describe("tableFaults", () => {
  const table = (fact: string) => ({label: "", columns: ["C", "Value"], rows: [[{text: "1"}, {fact}]]});
  const lead: Fact = {
    id: "lead.c1",
    family: "lead",
    key: {concurrency: 1},
    question: "",
    value: 0.4,
    low: 0.4,
    high: 0.4,
    unit: "ratio",
    interval: "none",
    sources: [],
    sql: "",
    format: {decimals: 0},
    text: "",
    intervalText: ""
  };
  const material = {facts: new Map([[lead.id, lead]]), sources: []};

  it("lets a cell be empty that its family does not fill", () => {
    assert.deepEqual(tableFaults("lead", table("lead.c16"), material), []);
  });

  it("names a family that no query yields", () => {
    assert.deepEqual(
      tableFaults("lead", table("leed.c1"), material).map(({place, message}) => `${place}: ${message}`),
      ["table “lead”: its cells name the unknown fact leed. Correct them; npm run --silent facts lists all."]
    );
  });
});

describe("what Framework's log says went wrong", () => {
  it("is its error, without the rest", () => {
    const log =
      "build /a.js\n\n\u001b[31mUnexpected error: import not found: /x.js\u001b[39m\n\nTip: use --debug.\n";
    assert.match(faultIn(log), /^import not found: \/x\.js\. Correct what is named; /);
  });

  it("is the log where nothing in it is marked as an error", () => {
    assert.match(faultIn("Killed\n"), /Its log:\nKilled$/);
  });
});
