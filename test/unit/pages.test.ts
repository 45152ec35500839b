import assert from "node:assert/strict";
import {describe, it} from "node:test";
import MarkdownIt from "markdown-it";
import {cellsOf, keyOf} from "../../loaders/cells/cell.js";
import type {MadeCell, Printed} from "../../loaders/html/printed.js";
import {quoteHtml} from "../../loaders/html/reference-html.js";
import {checkNavigation, checkPage, checkPages, checkTreatment} from "../../loaders/pages/check.js";
import {endWithScript, reportSyntax} from "../../loaders/pages/markdown.js";
import {pagesOf} from "../../loaders/pages/page-source.js";
import {pieces} from "../../loaders/references.js";
import {faultIn} from "../../loaders/site/build-site.js";

const hostile = "<img src=x onerror=alert(1)> \u0024{alert(1)} {{gain.c1}} {1+1} *a* `b`";
const shown = "&lt;img src=x onerror=alert(1)&gt; \u0024{alert(1)} {{gain.c1}} {1+1} *a* `b`";

const named = {
  facts: {
    "gain.c1": {id: "gain.c1", value: 0.4167, text: "+42\u202f%", intervalText: "[+39.2,\u202f+44.2]\u202f%"},
    exact: {id: "exact", value: 5, text: "5", intervalText: ""}
  },
  texts: {"label.fp8": "FP8", "label.hostile": hostile},
  links: {"source.one": {title: hostile, url: "https://example.org/"}},
  claims: {
    own: {
      id: "own",
      page: "page",
      verdict: "holds" as const,
      quote: "It gains {{gain.c1}}",
      reading: null,
      own: true
    },
    theirs: {
      id: "theirs",
      page: "page",
      verdict: "contradicted" as const,
      quote: "| 1 | +42% |",
      reading: "as arithmetic",
      own: false
    }
  }
};

/** A page with its cells as they were made: by kind and name. */
function render(
  source: string,
  made: Readonly<Record<string, MadeCell>> = {},
  page = "page",
  more: Partial<Printed> = {}
): string {
  const cells = Object.fromEntries(
    cellsOf({page, file: `${page}.md`, source}).map((cell) => [
      keyOf(cell),
      made[`${cell.kind} ${cell.name}`] ?? {html: ""}
    ])
  );
  const md = new MarkdownIt({html: true});
  reportSyntax(md, {...named, cells, ...more});
  return md.render(source, {path: `/${page}`});
}

const drawing = {html: '<svg class="wide"></svg>', twin: "<table></table>", table: "gain"};
const table = {html: "<table></table>"};

describe("the syntax of pages", () => {
  it("fills in a fact as a number that can be activated", () => {
    assert.equal(
      render("It is {{gain.c1}}."),
      '<p>It is <data data-fact="gain.c1" value="0.4167">+42\u202f%</data>.</p>\n'
    );
  });

  it("fills in the interval of a fact", () => {
    assert.equal(
      render("{{gain.c1 interval}} {{ exact interval }}"),
      '<p><span data-interval="gain.c1">[+39.2,\u202f+44.2]\u202f%</span> <span data-interval="exact">exact</span></p>\n'
    );
  });

  it("fills in a fact inside emphasis, a heading, a link and a list", () => {
    const html = render("# {{exact}}\n\n- **{{exact}}**\n\n[{{exact}}](./x)");
    assert.equal(html.match(/<data data-fact="exact" value="5">5<\/data>/g)?.length, 3);
  });

  it("writes a name from the evidence as text, whatever it looks like", () => {
    assert.equal(render("{{label.hostile}}"), `<p>${shown}</p>\n`);
  });

  it("writes the title of a source as text inside its link", () => {
    assert.match(render("{{source.one}}"), /^<p><a href="https:\/\/example\.org\/" rel="external">&lt;img/);
  });

  it("leaves code as it is written", () => {
    assert.equal(render("`{{gain.c1}}`"), "<p><code>{{gain.c1}}</code></p>\n");
  });

  it("writes a claim of the report as its sentence, and one of a source as a quotation with its verdict", () => {
    assert.match(
      render("{{claim.own}}"),
      /<span class="claim" id="claim-own">It gains <data [^>]*>\+42\u202f%<\/data><a class="tested" href="\.\/claims#own"/
    );
    assert.match(
      render("{{claim.theirs}}", {}, "series/fp8"),
      /“1 · \+42%”, as arithmetic: <a class="verdict" data-verdict="contradicted" href="\.\.\/claims#theirs">contradicted<\/a>/
    );
  });

  it("lists claims", () => {
    const html = render("```claims\nown\ntheirs\n```");
    assert.equal(html.match(/<li><span class="claim"/g)?.length, 2);
  });

  it("puts a figure with its caption and its table", () => {
    const html = render("```figure gain\n---\nIt is {{gain.c1}}.\n```", {"figure gain": drawing});
    assert.match(html, /<figure class="chart" id="figure-gain">\n<svg class="wide"><\/svg>/);
    assert.match(html, /<figcaption>It is <data data-fact="gain\.c1"/);
    assert.match(html, /<summary>The same as a table<\/summary>\n<table><\/table>/);
  });

  it("takes a caption that rows fill from the made cell", () => {
    const html = render("```table gain\n---\nOf {series}.\n```", {
      "table gain": {...table, caption: "Of *FP8*."}
    });
    assert.match(html, /<figcaption>Of <em>FP8<\/em>\.<\/figcaption>/);
  });

  it("points to the table that follows instead of repeating it, past a further figure too", () => {
    const twins = (source: string) =>
      Array.from(
        render(source, {"figure gain": drawing, "table gain": table, "table other": table}).matchAll(
          /<details>|href="#table-\w+"/g
        ),
        String
      );
    const figure = "```figure gain\n```\n\n";
    assert.deepEqual(twins(`${figure}\`\`\`table gain\n\`\`\``), ['href="#table-gain"']);
    assert.deepEqual(twins(`${figure}${figure}\`\`\`table gain\n\`\`\``), [
      'href="#table-gain"',
      'href="#table-gain"'
    ]);
    assert.deepEqual(twins(`${figure}\`\`\`table other\n\`\`\``), ["<details>"]);
    assert.deepEqual(twins(`${figure}Text.\n\n\`\`\`table gain\n\`\`\``), ["<details>"]);
  });

  it("puts a table with its caption", () => {
    assert.match(
      render("```table gain\n---\nA caption.\n```", {"table gain": table}),
      /<figure class="table" id="table-gain">\n<figcaption>A caption\.<\/figcaption>\n<table>/
    );
  });

  it("puts an explorable as its start, and says what its inputs need", () => {
    const html = render("```explorable slider\n```", {
      "explorable slider": {html: '<div class="start"></div>'}
    });
    assert.match(html, /data-explorable="slider"/);
    assert.match(html, /Its inputs need JavaScript; this is their start\./);
    assert.match(html, /<div class="start">/);
  });

  it("puts the paragraphs of a prose cell in its place, with references filled in", () => {
    assert.equal(
      render("Before.\n\n```prose note\n```\n\nAfter.", {"prose note": {html: "It is *{{exact}}*."}}),
      '<p>Before.</p>\n<p>It is <em><data data-fact="exact" value="5">5</data></em>.</p>\n<p>After.</p>\n'
    );
  });

  it("shows no named query, and no cell that is empty", () => {
    assert.equal(render("```sql gain\nSELECT 1\n```\n\n```table gain\n```"), "");
  });

  it("leaves out headings with nothing left under them, and keeps the others", () => {
    const source = "# T\n\n## A\n\n```table none\n```\n\n## B\n\n### C\n\n```table gain\n```\n\n### D\n";
    const headings = render(source, {"table gain": table}).match(/<h\d>.*<\/h\d>/g);
    assert.deepEqual(headings, ["<h1>T</h1>", "<h3>C</h3>"]);
  });

  it("shows code fences and lets Framework run only js", () => {
    const md = new MarkdownIt({html: true});
    const infos: string[] = [];
    md.renderer.rules.fence = (tokens, index) => {
      infos.push(tokens[index]?.info ?? "");
      return "";
    };
    reportSyntax(md, {...named, cells: {}});
    md.render("```sql\nSELECT 1\n```\n\n```ts\n1\n```\n\n```js\n1\n```\n\n```js run=false\n1\n```\n");
    assert.deepEqual(infos, ["sql run=false", "ts run=false", "js", "js run=false"]);
    assert.equal(render("```\n{{gain.c1}}\n```"), "<pre><code>{{gain.c1}}\n</code></pre>\n");
  });

  for (const unknown of ["{{gain.c9}}", "{{label.none}}", "{{source.none}}", "{{claim.none}}"]) {
    it(`refuses ${unknown}`, () => assert.throws(() => render(unknown), /the report has no “/));
  }

  it("refuses a cell that was not made, except in a preview", () => {
    const source = "```table gain\n```";
    assert.throws(() => render(source, {}, "page", {cells: {}}), /the report has no “/);
    assert.match(render(source, {}, "page", {cells: {}, unmade: () => ({html: "<p>…</p>"})}), /<p>…<\/p>/);
  });

  it("does not mistake an inherited property for a fact", () => {
    assert.throws(() => render("{{constructor}}"), /the report has no “constructor”/);
  });

  it("ends a page with the script that opens numbers", () => {
    const md = new MarkdownIt({html: true});
    endWithScript(md);
    assert.match(
      md.render("Text."),
      /^<p>Text\.<\/p>\n<script type="module" src="\/benchbook\/main\.js"><\/script>\n$/
    );
  });
});

describe("the pages of a report", () => {
  it("are the files, and those with holes in their names once for each path", () => {
    const markdown = new Map([
      ["index", "# {{label.{series}}}"],
      ["series/[series]", "# {{label.{series}}}"],
      ["compare/[series]-vs-[baseline]", "{series} {baseline}"]
    ]);
    const pages = pagesOf(markdown, ["/series/fp8", "/compare/fp8-vs-bf16", "/nothing"]);
    assert.deepEqual(pages, [
      {page: "index", source: "# {{label.{series}}}", file: "index.md", params: {}},
      {page: "series/fp8", source: "# {{label.fp8}}", file: "series/[series].md", params: {series: "fp8"}},
      {
        page: "compare/fp8-vs-bf16",
        source: "fp8 bf16",
        file: "compare/[series]-vs-[baseline].md",
        params: {series: "fp8", baseline: "bf16"}
      }
    ]);
  });
});

describe("a quotation", () => {
  it("separates the cells of a table's row", () => {
    assert.equal(String(quoteHtml("| 2 | 62 | 110 | +77% |", named)), "2 · 62 · 110 · +77%");
  });

  it("shows code as code, and text from the evidence as the characters it has", () => {
    assert.equal(
      String(quoteHtml("set to `N=0`, `a<b`", named)),
      "set to <code>N=0</code>, <code>a&lt;b</code>"
    );
    assert.equal(String(quoteHtml("{{label.hostile}}", named)), shown);
  });
});

describe("pieces", () => {
  it("separates references from prose", () => {
    assert.deepEqual(pieces("{{gain.c1}}, {{ gain.c1 interval }}"), [
      {kind: "reference", source: "{{gain.c1}}", reference: {kind: "fact", id: "gain.c1", part: "value"}},
      {kind: "prose", source: ", "},
      {
        kind: "reference",
        source: "{{ gain.c1 interval }}",
        reference: {kind: "fact", id: "gain.c1", part: "interval"}
      }
    ]);
  });

  for (const wrong of ["", " ", "a b", "a interval b", "label.fp8 interval", "source.one interval"]) {
    it(`does not take “${wrong}” for a reference`, () =>
      assert.deepEqual(pieces(`{{${wrong}}}`), [{kind: "unreadable", source: `{{${wrong}}}`}]));
  }
});

/** A page named “page”. */
const pageOf = (source: string, page = "page") => ({page, source, file: `${page}.md`, params: {}});

const check = (source: string) =>
  checkPage(pageOf(source), named).map(({file, place, message}) => `${file}: ${place}: ${message}`);

describe("checkPage", () => {
  it("finds nothing wrong with names the report knows", () => {
    const source = [
      "# T",
      "{{gain.c1}} {{gain.c1 interval}} {{label.fp8}} {{source.one}} {{claim.own}}",
      "```table gain",
      'label: "The gain, P99 of {{label.fp8}}"',
      "each: concurrency of gain",
      "columns: {Gain: gain}",
      "---",
      "It is {{gain.c1}}.",
      "```",
      "```claims",
      "theirs",
      "```"
    ];
    assert.deepEqual(check(source.join("\n")), []);
  });

  it("recognises a misspelt fence, and code as code", () => {
    const source =
      "```figur lead\n```\n\n```sh\nnpm test 12 \u0024{x} {{gain.c9}}\n```\n\n```sql\nSELECT 12\n```\n";
    assert.deepEqual(check(source), [
      "src/page.md: line 1: unknown fence “figur”. Write table, figure, explorable, prose, claims, or a language (sh, sql, json, ts, js, text)."
    ]);
  });

  it("names file, line and remedy of every unknown name, in captions too", () => {
    const source = [
      "# Title",
      "{{gain.c9}} and {{nothing}}",
      "{{label.none}} {{source.none}}",
      "```table gain",
      "label: A label",
      "rows: gain",
      "columns: {Gain: row.text}",
      "---",
      "{{gain.c7}}",
      "```",
      "```claims",
      "own",
      "nobody",
      "```",
      "{{one two}} {{claim.none}}"
    ].join("\n");
    assert.deepEqual(check(source).sort(), [
      "src/page.md: line 11: unknown claim “nobody”. Correct it or add it to data/claims.",
      "src/page.md: line 15: unknown claim “none”. `npm run --silent facts` lists all facts; docs/writing.md lists what else there is.",
      "src/page.md: line 15: “{{one two}}” is not a reference. Write {{ID}} or {{ID interval}}.",
      "src/page.md: line 2: unknown fact “gain.c9”. Known are gain.c1.",
      "src/page.md: line 2: unknown fact “nothing”. `npm run --silent facts` lists all facts; docs/writing.md lists what else there is.",
      "src/page.md: line 3: unknown source “source.none”. Known are source.one.",
      "src/page.md: line 3: unknown text (or one the source does not state) “label.none”. Known are label.fp8, label.hostile.",
      "src/page.md: line 9: unknown fact “gain.c7”. Known are gain.c1."
    ]);
  });

  it("refuses a typed digit, in prose, in a column heading and in an alternative text", () => {
    const source = [
      "It took 12 s, as `12` says, [here](./12).",
      "```figure gain",
      "draw: change",
      "rows: gain",
      "alt: A gain of 42 percent by FP8",
      "table: gain",
      "```",
      "```table gain",
      "label: A label",
      "rows: gain",
      "columns: {At 8: row.text}",
      "```"
    ].join("\n");
    assert.deepEqual(check(source), [
      "src/page.md: line 2: “42” is typed. Name a fact, a setting or a label instead.",
      "src/page.md: line 8: “8” is typed. Name a fact, a setting or a label instead.",
      "src/page.md: line 1: “12” is typed. Name a fact, a setting or a label instead."
    ]);
  });

  it("refuses what Framework would compute in prose and in attributes, but not what it only shows", () => {
    const fault =
      "src/page.md: line 1: “\u0024{” would be computed without a check. Write a query and name its fact.";
    assert.deepEqual(check("It is \u0024{a}."), [fault]);
    assert.deepEqual(check('It is <b title="\u0024{a}">bold</b>.'), [fault]);
    assert.deepEqual(check("It is `\u0024{a}`, or \\\u0024{a}."), []);
  });

  it("refuses a number that a sentence gives a direction, except in a claim", () => {
    assert.deepEqual(check("It gains {{gain.c1}}. It is always faster. It is faster by {{gain.c1}}."), [
      "src/page.md: line 1: “faster” gives a number a direction that nothing tests. Make the sentence a claim."
    ]);
    assert.deepEqual(check("{{claim.own}} and is faster."), []);
  });

  it("refuses a cell without a name", () => {
    assert.deepEqual(check("```table\n```"), [
      "src/page.md: line 1: the table has no name. Write one after “table”."
    ]);
  });
});

describe("checkPages", () => {
  const treated = "{{claim.own}}\n\n```claims\ntheirs\n```\n";

  it("names a page of the navigation that is missing, and only that", () => {
    const navigation = [
      {name: "Method", path: "/method"},
      {name: "Facts", path: "/facts"}
    ];
    const pages = ["index", "method"].map((page) => pageOf("# Title\n", page));
    assert.deepEqual(checkNavigation(navigation, pages), [
      {
        file: "observablehq.config.ts",
        place: "pages, “Facts”",
        message: "there is no page src/facts.md. Write it, or take it out of the navigation."
      }
    ]);
  });

  it("finds nothing wrong if every claim is discussed on its page", () => {
    assert.deepEqual(checkPages(named, [pageOf(treated)]), []);
  });

  it("names a claim that its page does not discuss, and one whose page does not exist", () => {
    assert.deepEqual(checkTreatment(Object.values(named.claims), [pageOf("{{claim.own}}\n")]), [
      {
        file: "src/page.md",
        place: "theirs",
        message:
          "the page does not discuss this claim. Write {{claim.theirs}} where it does, or list it in a claims cell."
      }
    ]);
    const [fault] = checkTreatment([{id: "own", page: "none"}], [pageOf("")]);
    assert.equal(fault?.file, "data/claims");
    assert.match(fault?.message ?? "", /^there is no page src\/none\.md\. Write it, or name another page/);
  });

  it("leaves out the cells that were made before", () => {
    const source = "```table gain\nnonsense\n```\n";
    assert.equal(checkPage(pageOf(source), named).length, 1);
    assert.deepEqual(checkPage(pageOf(source), named, {isMade: ({name}) => name === "gain"}), []);
  });

  it("excuses a name that could not be computed, and no other", () => {
    const pages = [pageOf(`${treated}{{tpot.c1}} {{ttft.c1}}\n`)];
    const faults = checkPages(named, pages, {
      isExcused: (kind, name) => kind === "fact" && name.startsWith("tpot.")
    });
    assert.deepEqual(
      faults.map(({message}) => /“(.+)”/.exec(message)?.[1]),
      ["ttft.c1"]
    );
  });
});

describe("what Framework's log says went wrong", () => {
  it("is its error, without the rest", () => {
    const log =
      "build /a.js\n\n\u001b[31mUnexpected error: import not found: /x.js\u001b[39m\n\nTip: use --debug.\n";
    assert.match(faultIn(log), /^import not found: \/x\.js\. Correct what is named; /);
  });

  it("is the log if nothing in it is marked as an error", () => {
    assert.match(faultIn("Killed\n"), /without an error of its own\. Its log:\nKilled$/);
    assert.match(faultIn("load /\n", "SIGKILL"), /ended by SIGKILL\. Its log:\nload \/$/);
  });
});
