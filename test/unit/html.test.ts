import assert from "node:assert/strict";
import {describe, it} from "node:test";
import MarkdownIt from "markdown-it";
import type {Fact} from "../../loaders/facts/read-facts.js";
import {factHtml, intervalHtml, linkHtml, verdictText} from "../../loaders/html/fact-html.js";
import {attributes, html, joined} from "../../loaders/html/html.js";
import {type Cell, type TableModel, tableHtml} from "../../loaders/html/table-html.js";
import {footer, head, header} from "../../loaders/pages/frame.js";
import {headingSyntax} from "../../loaders/pages/heading-syntax.js";
import {type Format, formatInterval, formatValue} from "../../loaders/src/benchbook/format.js";

/** A fact whose value is one, in the given format. */
function makeFact(id: string, format: Format): Fact {
  return {
    id,
    family: id,
    key: {},
    question: "",
    value: 1,
    low: 1,
    high: 1,
    unit: "1",
    interval: "rounding",
    derived: false,
    sources: [],
    sql: "",
    format,
    text: formatValue(1, format),
    intervalText: formatInterval(1, 1, format)
  };
}

/** A table with one row, headed by the names of its facts. */
function rowOf(cells: Cell[], facts: readonly Fact[], columns = cells.map((_, i) => `column ${i}`)): string {
  return tableOf({label: "t", columns, rows: [cells]}, facts);
}

function tableOf(model: TableModel, facts: readonly Fact[] = []): string {
  return String(tableHtml(model, {facts: new Map(facts.map((fact) => [fact.id, fact])), sources: []}));
}

const hostile = `<img src=x onerror=alert(1)>&"'`;
const inText = `&lt;img src=x onerror=alert(1)&gt;&amp;"'`;
const inAttribute = "<img src=x onerror=alert(1)>&amp;&quot;'";

describe("HTML with holes", () => {
  it("escapes what HTML would read as markup, in elements and in attributes", () => {
    assert.equal(
      String(html`<p title="${hostile}">${hostile}</p>`),
      `<p title="${inAttribute}">${inText}</p>`
    );
    assert.equal(String(attributes({title: hostile, lang: undefined})), ` title="${inAttribute}"`);
  });

  it("keeps pieces that are HTML, also in lists, and leaves out empty ones", () => {
    const piece = html`<b>${hostile}</b>`;
    assert.equal(String(html`${[piece, null, false, undefined, 1]}`), `<b>${inText}</b>1`);
    assert.equal(String(joined([piece, "a & b"], " ")), `<b>${inText}</b> a &amp; b`);
  });
});

describe("HTML made from data", () => {
  it("escapes every part of a fact", () => {
    const fact = {id: hostile, value: 1.5, text: hostile, intervalText: hostile};
    assert.equal(String(factHtml(fact)), `<data data-fact="${inAttribute}" value="1.5">${inText}</data>`);
    assert.equal(String(intervalHtml(fact)), `<span data-interval="${inAttribute}">${inText}</span>`);
  });

  it("writes a missing interval as exact", () => {
    assert.match(String(intervalHtml({id: "a", value: 1, text: "1", intervalText: ""})), />exact</);
  });

  it("escapes title and address of a link", () => {
    assert.equal(
      String(linkHtml({title: hostile, url: `https://example.org/"${hostile}`})),
      `<a href="https://example.org/&quot;${inAttribute}" rel="external">${inText}</a>`
    );
  });

  it("writes only the title of a source with an unknown address", () => {
    assert.equal(String(linkHtml({title: hostile, url: null})), inText);
  });

  it("marks a cell whose number is derived", () => {
    const fact = makeFact("a", {decimals: 0});
    const cell = (derived: boolean) =>
      tableOf(
        {label: "t", columns: ["a", "b"], rows: [[null, derived ? {fact: "a", derived} : {fact: "a"}]]},
        [fact]
      );
    assert.match(cell(true), /<i>≈ <data/);
    assert.doesNotMatch(cell(false), /≈/);
  });

  it("escapes label, columns and cells of a table", () => {
    const html = tableOf({label: hostile, columns: [hostile], rows: [[{text: hostile}, null]]});
    assert.equal(html.split(`"${inAttribute}"`).length - 1, 2);
    assert.equal(html.split(`>${inText}<`).length - 1, 2);
    assert.doesNotMatch(html, /><img/);
  });

  it("aligns a column of numbers, with its heading, unlike one that also holds a text", () => {
    const html = tableOf({
      label: "t",
      columns: ["a", "numbers", "mixed"],
      rows: [
        [{text: "x"}, {fact: "none"}, {fact: "none"}],
        [{text: "y"}, null, {text: "not stated"}]
      ]
    });
    assert.match(html, /<th scope="col" class="number">numbers<\/th><th scope="col">mixed<\/th>/);
    assert.equal(html.match(/<td class="number">—<\/td><td>/g)?.length, 2);
  });

  it("writes a verdict as in a sentence", () => {
    assert.equal(verdictText("holds-within-rounding"), "holds within rounding");
  });

  it("shows a dash for an unknown fact", () => {
    const html = tableOf({
      label: "t",
      columns: ["a", "b", "c"],
      rows: [[{text: "x"}, {fact: "none"}, {interval: "other"}]]
    });
    assert.match(html, /<td class="number">—<\/td><td class="number">—<\/td>/);
  });

  it("moves a unit that a column shares into its heading, and keeps it in the text of each number", () => {
    const fact = makeFact("a", {decimals: 0, unit: "tok/s"});
    const html = rowOf([{text: "x"}, {fact: "a"}, {fact: "a", derived: true}], [fact], ["x", "AWQ", "b"]);
    assert.match(html, /AWQ <span class="unbroken">\(tok\/s\)<\/span>/);
    const cell = '<data data-fact="a" value="1">1<span class="unit">&nbsp;tok/s</span></data>';
    assert.ok(html.includes(`<td class="number">${cell}</td><td class="number"><i>≈ ${cell}</i></td>`), html);
  });

  it("leaves a heading that names the unit, a percent sign, and differing units", () => {
    const speed = makeFact("speed", {decimals: 0, unit: "tok/s"});
    const time = makeFact("time", {decimals: 0, unit: "ms"});
    const share = makeFact("share", {decimals: 0, scale: "percent"});
    assert.match(rowOf([null, {fact: "speed"}], [speed], ["x", "System tok/s"]), />System tok\/s<\/th>/);
    assert.match(rowOf([null, {fact: "share"}], [share]), />100\u202f%<\/data>/);
    const mixed = tableOf(
      {
        label: "t",
        columns: ["x", "y"],
        rows: [
          [null, {fact: "speed"}],
          [null, {fact: "time"}]
        ]
      },
      [speed, time]
    );
    assert.doesNotMatch(mixed, /class="unit"|class="unbroken"/);
  });

  it("repeats an interval under its value, but not a column of other intervals", () => {
    const facts = ["a", "b"].map((id) => makeFact(id, {decimals: 0}));
    const own = rowOf([{text: "x"}, {fact: "a"}, {interval: "a"}], facts);
    const interval = '<span data-interval="a">[1.0,\u202f1.0]</span>';
    assert.ok(own.includes(`</data><span class="under">${interval}</span></td>`), own);
    assert.ok(own.includes(`<td class="number wide">${interval}</td>`), own);
    assert.match(
      own,
      /column 1<span class="under">column 2<\/span><\/th><th scope="col" class="number wide">/
    );
    assert.doesNotMatch(rowOf([{text: "x"}, {fact: "a"}, {interval: "b"}], facts), /under|wide/);
  });

  it("gives room to a column of sentences", () => {
    const html = rowOf([{text: "A sentence."}, {text: "It is said."}, {text: "said"}], []);
    assert.match(html, /<td class="prose">It is said\.<\/td><td>said<\/td>/);
    assert.match(html, /<th scope="row">/);
  });

  it("repeats text in the place of an interval, but no gap", () => {
    const facts = [makeFact("a", {decimals: 0})];
    const html = tableOf(
      {
        label: "t",
        columns: ["x", "y", "z"],
        rows: [
          [null, {fact: "a"}, {interval: "a"}],
          [null, {fact: "a"}, {text: "too few runs"}],
          [null, {fact: "none"}, {interval: "none"}]
        ]
      },
      facts
    );
    assert.match(html, /<span class="under">too few runs<\/span>/);
    assert.match(html, /<td class="number">—<\/td>/);
  });
});

describe("a heading", () => {
  /** Headings as Framework passes them on, each with an id. */
  function render(source: string): string {
    const md = new MarkdownIt();
    md.core.ruler.push("ids", ({tokens}) => {
      for (const token of tokens) if (token.type === "heading_open") token.attrSet("id", "x");
    });
    headingSyntax(md);
    return md.render(source);
  }

  it("that is a link gives its id to that link, so that links are not nested", () => {
    assert.equal(render("## [X *y*](./x)"), '<h2><a href="./x" id="x">X <em>y</em></a></h2>\n');
    assert.equal(render("## X"), '<h2 id="x">X</h2>\n');
  });

  it("of a page keeps a name with a hyphen on one line, and leaves addresses alone", () => {
    assert.equal(
      render("# Of Sparrow-8, at break-even"),
      '<h1 id="x">Of <span class="unbroken">Sparrow-8</span>, at <span class="unbroken">break-even</span></h1>\n'
    );
    assert.equal(render("Sparrow-8"), "<p>Sparrow-8</p>\n");
  });
});

describe("the frame of a page", () => {
  const pages = [
    {name: "Claims & more", path: "/claims"},
    {name: "Facts", path: "/facts"}
  ];

  it("begins with a policy that allows no other host, and lets the reader zoom", () => {
    const html = head({});
    assert.match(html, /^<meta http-equiv="Content-Security-Policy" content="default-src 'none';/);
    assert.doesNotMatch(html, /https?:(?!\/\/www\.w3\.org\/2000\/svg)/);
    assert.doesNotMatch(html, /maximum-scale|user-scalable/);
  });

  it("has the colours of series, for light and for dark pages", () => {
    const html = head({palette: {fp8: {light: "#111", dark: "#eee"}}});
    assert.ok(
      html.includes(
        ":root{--series-fp8:#111}@media screen and (prefers-color-scheme:dark){:root{--series-fp8:#eee}}"
      )
    );
  });

  it("names the pages of the report, and says which one this is", () => {
    const links = (path: string) =>
      Array.from(
        header({title: "Sparrow", pages}, path).matchAll(/ href="(\/[^"]*)"( aria-current="page")?/g),
        ([, href, current]) => `${href}${current === undefined ? "" : " current"}`
      );
    assert.deepEqual(links("/claims"), ["/", "/claims current", "/facts"]);
    assert.deepEqual(links("/index"), ["/ current", "/claims", "/facts"]);
    assert.deepEqual(links("/series/fp8"), ["/", "/claims", "/facts"]);
    assert.match(header({title: "A & B", pages}, "/"), />A &amp; B<.*>Claims &amp; more</);
  });

  it("ends with what the report adds", () => {
    assert.match(footer("<b>own</b>"), /<b>own<\/b><\/p>$/);
  });
});
