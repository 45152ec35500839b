import assert from "node:assert/strict";
import {describe, it} from "node:test";
import type {Fact} from "../../loaders/facts/read-facts.js";
import {escapeHtml, factHtml, intervalHtml, linkHtml, verdictText} from "../../loaders/html/html.js";
import {type Cell, tableHtml} from "../../loaders/html/table-html.js";
import {finishPage, framePage} from "../../loaders/pages/finish.js";
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
    sources: [],
    sql: "",
    format,
    text: formatValue(1, format),
    intervalText: formatInterval(1, 1, format)
  };
}

/** A table of one row, headed by the names of its facts. */
function rowOf(cells: Cell[], facts: readonly Fact[], columns = cells.map((_, i) => `column ${i}`)): string {
  return tableHtml(
    {label: "t", columns, rows: [cells]},
    {facts: new Map(facts.map((fact) => [fact.id, fact])), sources: []}
  );
}

const hostile = `<img src=x onerror=alert(1)>&"'`;
const escaped = "&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#39;";

describe("HTML made from data", () => {
  it("escapes what HTML would read as markup, in elements and in attributes", () => {
    assert.equal(escapeHtml(hostile), escaped);
  });

  it("escapes every part of a fact", () => {
    const fact = {id: hostile, value: 1.5, text: hostile, intervalText: hostile};
    assert.equal(factHtml(fact), `<data data-fact="${escaped}" value="1.5">${escaped}</data>`);
    assert.equal(intervalHtml(fact), `<span data-interval="${escaped}">${escaped}</span>`);
  });

  it("writes an interval that is none as exact", () => {
    assert.match(intervalHtml({id: "a", value: 1, text: "1", intervalText: ""}), />exact</);
  });

  it("escapes title and address of a link", () => {
    assert.equal(
      linkHtml({title: hostile, url: `https://example.org/"${hostile}`}),
      `<a href="https://example.org/&quot;${escaped}" rel="external">${escaped}</a>`
    );
  });

  it("writes the title alone where the address of a source is not known", () => {
    assert.equal(linkHtml({title: hostile, url: null}), escaped);
  });

  it("marks a cell whose number is derived", () => {
    const fact = makeFact("a", {decimals: 0});
    const cell = (derived: boolean) =>
      tableHtml(
        {label: "t", columns: ["a", "b"], rows: [[null, derived ? {fact: "a", derived} : {fact: "a"}]]},
        {facts: new Map([[fact.id, fact]]), sources: []}
      );
    assert.match(cell(true), /<i>≈ <data/);
    assert.doesNotMatch(cell(false), /≈/);
  });

  it("escapes label, columns and cells of a table", () => {
    const html = tableHtml(
      {label: hostile, columns: [hostile], rows: [[{text: hostile}, null]]},
      {facts: new Map(), sources: []}
    );
    assert.ok(!html.includes("<img"));
    assert.equal(html.split(escaped).length - 1, 4);
  });

  it("sets a column of numbers apart from one that holds a text as well, heading and all", () => {
    const html = tableHtml(
      {
        label: "t",
        columns: ["a", "numbers", "mixed"],
        rows: [
          [{text: "x"}, {fact: "none"}, {fact: "none"}],
          [{text: "y"}, null, {text: "not stated"}]
        ]
      },
      {facts: new Map(), sources: []}
    );
    assert.match(html, /<th scope="col" class="number">numbers<\/th><th scope="col">mixed<\/th>/);
    assert.equal(html.match(/<td class="number">—<\/td><td>/g)?.length, 2);
  });

  it("writes a verdict as a sentence would", () => {
    assert.equal(verdictText("holds-within-rounding"), "holds within rounding");
  });

  it("leaves a cell of an unknown fact open", () => {
    const html = tableHtml(
      {label: "t", columns: ["a", "b", "c"], rows: [[{text: "x"}, {fact: "none"}, {interval: "other"}]]},
      {facts: new Map(), sources: []}
    );
    assert.match(html, /<td class="number">—<\/td><td class="number">—<\/td>/);
  });

  it("moves a unit that a column shares into its heading, and keeps it in the text of each number", () => {
    const fact = makeFact("a", {decimals: 0, unit: "tok/s"});
    const html = rowOf([{text: "x"}, {fact: "a"}, {fact: "a", derived: true}], [fact], ["x", "AWQ", "b"]);
    assert.match(html, /AWQ <span class="unbroken">\(tok\/s\)<\/span>/);
    const cell = '<data data-fact="a" value="1">1<span class="unit">\u00a0tok/s</span></data>';
    assert.ok(html.includes(`<td class="number">${cell}</td><td class="number"><i>≈ ${cell}</i></td>`), html);
  });

  it("leaves a heading that names the unit, a percent sign, and units that differ", () => {
    const speed = makeFact("speed", {decimals: 0, unit: "tok/s"});
    const time = makeFact("time", {decimals: 0, unit: "ms"});
    const share = makeFact("share", {decimals: 0, scale: "percent"});
    assert.match(rowOf([null, {fact: "speed"}], [speed], ["x", "System tok/s"]), />System tok\/s<\/th>/);
    assert.match(rowOf([null, {fact: "share"}], [share]), />100\u202f%<\/data>/);
    const mixed = tableHtml(
      {
        label: "t",
        columns: ["x", "y"],
        rows: [
          [null, {fact: "speed"}],
          [null, {fact: "time"}]
        ]
      },
      {facts: new Map([speed, time].map((fact) => [fact.id, fact])), sources: []}
    );
    assert.doesNotMatch(mixed, /class="unit"|class="unbroken"/);
  });

  it("repeats an interval under its value, and a column of other intervals not", () => {
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

  it("repeats what stands in the place of an interval, but no gap", () => {
    const facts = [makeFact("a", {decimals: 0})];
    const html = tableHtml(
      {
        label: "t",
        columns: ["x", "y", "z"],
        rows: [
          [null, {fact: "a"}, {interval: "a"}],
          [null, {fact: "a"}, {text: "too few runs"}],
          [null, {fact: "none"}, {interval: "none"}]
        ]
      },
      {facts: new Map(facts.map((fact) => [fact.id, fact])), sources: []}
    );
    assert.match(html, /<span class="under">too few runs<\/span>/);
    assert.match(html, /<td class="number">—<\/td>/);
  });
});

describe("finishPage", () => {
  it("names the language and lets the reader zoom", () => {
    assert.equal(
      finishPage('<!DOCTYPE html>\n<html>\n<meta content="width=device-width, maximum-scale=1">'),
      '<!DOCTYPE html>\n<html lang="en">\n<meta content="width=device-width">'
    );
  });

  it("takes the link to itself off a heading that is a link", () => {
    const anchor = '<a class="observablehq-header-anchor" href="#x">';
    assert.equal(
      finishPage(`<h2>${anchor}<a href="./x">X <i>y</i></a></a></h2>`),
      '<h2><a href="./x">X <i>y</i></a></h2>'
    );
    assert.equal(finishPage(`<h2>${anchor}X</a></h2>`), `<h2>${anchor}X</a></h2>`);
  });
});

describe("a title", () => {
  it("keeps a name with a hyphen in one line, and leaves addresses alone", () => {
    assert.equal(
      finishPage('<h1 id="a-b"><a href="#a-b">Of GLM-4.7, at break-even</a></h1><p>GLM-4.7</p>'),
      '<h1 id="a-b"><a href="#a-b">Of <span class="unbroken">GLM-4.7</span>, at <span class="unbroken">break-even</span></a></h1><p>GLM-4.7</p>'
    );
  });
});

describe("framePage", () => {
  const page = '<head>\n<meta charset="utf-8">\n</head>\n<main id="a">Text</main>';

  it("puts the policy before anything a page loads, and header and footer around its text", () => {
    const html = framePage(page, "/ceiling");
    assert.match(html, /^<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"/);
    assert.match(html, /<header [\s\S]*<\/header>\n<main id="a">Text<\/main>\n<footer [\s\S]*<\/footer>$/);
  });

  it("links from where the page stands, and says which page it is", () => {
    const links = (path: string) =>
      Array.from(framePage(page, path).matchAll(/<a[^>]* href="(\.[^"]*)"( aria-current="page")?/g));
    assert.deepEqual(
      links("/ceiling").map(([, href, current]) => `${href}${current === undefined ? "" : " current"}`),
      "./,./quantisation,./mtp-break-even,./ceiling current,./claims,./method,./evidence,./facts,./facts,./evidence,./method".split(
        ","
      )
    );
    assert.ok(links("/series/awq").every(([, href]) => href?.startsWith("../")));
    assert.equal(links("/index").find(([, , current]) => current)?.[1], "./");
  });
});
