import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, describe, it} from "node:test";
import {makeVisitor, pagePaths, type Visit, type Visitor, WIDE} from "../support/browser.js";
import {widthOnPhone} from "../support/page-checks.js";
import {builtSite} from "../support/workspace.js";

const paths = pagePaths(builtSite());

let visitor: Visitor;
before(async () => {
  visitor = await makeVisitor(builtSite());
});
after(() => visitor.close());

describe("the built HTML", () => {
  const files = paths.map((path) => (path === "/" ? "index.html" : `${path.slice(1)}.html`));

  it("is there for every page of the navigation, every series and every pair", () => {
    const front = readFileSync(join(builtSite(), "index.html"), "utf8");
    const [, navigation = ""] = /<nav [^>]*>(.*?)<\/nav>/s.exec(front) ?? [];
    const linked = Array.from(navigation.matchAll(/ href="\.\/([^"]*)"/g), ([, path]) => `/${path}`);
    assert.equal(linked.length, 8);
    for (const path of linked) assert.ok(paths.includes(path), path);
    assert.ok(paths.includes("/series/awq"));
    assert.ok(paths.includes("/compare/awq-vs-nvfp4"));
  });

  for (const name of files) {
    it(`of ${name} holds no placeholder and no broken value`, () => {
      const html = readFileSync(join(builtSite(), name), "utf8");
      for (const wrong of ["{{", "undefined", "NaN", "[object", "Infinity"]) {
        const at = html.indexOf(wrong);
        assert.ok(at < 0, `${wrong} in … ${html.slice(Math.max(0, at - 60), at + 60)}`);
      }
    });

    it(`of ${name} names its language, has a title and lets the reader zoom`, () => {
      const html = readFileSync(join(builtSite(), name), "utf8");
      assert.match(html, /<meta http-equiv="content-language" content="en">/);
      assert.match(html, /<title>[^<]*\S[^<]*<\/title>/);
      // Browsers use the last one; Framework's own is the first.
      const viewports = Array.from(
        html.matchAll(/<meta name="viewport" content="([^"]*)"/g),
        ([, each]) => each
      );
      assert.equal(viewports.at(-1), "width=device-width, initial-scale=1");
    });
  }

  it("holds the published percentages and the ceiling as facts", () => {
    const html = (name: string) => readFileSync(join(builtSite(), name), "utf8");
    const text = (name: string, id: string) =>
      new RegExp(`<data data-fact="${id.replaceAll(".", "\\.")}"[^>]*>([^<]*)</data>`)
        .exec(html(name))?.[1]
        ?.replace(/\u202f|\u00a0|&nbsp;/g, " ");
    const lead = [1, 2, 4, 8].map((c) => text("quantisation.html", `lead.c${c}`));
    const delta = [1, 2, 4, 8, 16].map((c) => text("mtp-break-even.html", `mtp_delta.c${c}`));
    assert.deepEqual(lead, ["+42 %", "+77 %", "+58 %", "+38 %"]);
    assert.deepEqual(delta, ["−16 %", "−8 %", "−9 %", "+5 %", "+2 %"]);
    assert.equal(text("ceiling.html", "ceiling"), "58 tok/s");
    assert.match(html("ceiling.html"), /data-fact="stated_value\.ceiling_weights_per_gpu"[^>]*>22/);
    assert.match(html("ceiling.html"), /data-fact="stated_value\.ceiling_bandwidth"[^>]*>1\.28/);
  });
});

for (const path of paths) {
  describe(`the page ${path}`, () => {
    /** The page once nothing more is loading. */
    let loaded: Visit;
    before(async () => {
      loaded = await visitor.visit(path);
      await loaded.page.waitForLoadState("networkidle");
    });
    after(() => loaded.context.close());

    it("loads without complaint and from no other origin, and its policy allows no other", async () => {
      const {page, complaints, foreign} = loaded;
      assert.deepEqual(complaints, []);
      assert.deepEqual(foreign, []);
      const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
      assert.match(policy ?? "", /^default-src 'none'/);
      assert.doesNotMatch(policy ?? "", /https?:|\*/);
    });

    it("shows the same prose, numbers, tables and figures with scripts off", async () => {
      const off = await visitor.visit(path, {javaScriptEnabled: false});
      const text = async ({page}: Visit) => (await page.locator("main").innerText()).trim();
      assert.equal(await text(off), await text(loaded));
      for (const selector of ["main data", "main table", "main figure svg.wide", "main h1"]) {
        const [count, same] = [
          await off.page.locator(selector).count(),
          await loaded.page.locator(selector).count()
        ];
        assert.equal(count, same, selector);
      }
      for (const figure of await off.page.locator("figure.chart svg.wide").all()) {
        assert.ok(await figure.isVisible());
        assert.match((await figure.getAttribute("aria-label")) ?? "", /\d/);
      }
      await off.context.close();
    });

    it("has text and figures in its first paint and shifts nothing afterwards", async () => {
      const shift = await loaded.page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            new PerformanceObserver((list) =>
              resolve(
                list
                  .getEntries()
                  .reduce((sum, entry) => sum + ("value" in entry ? Number(entry.value) : 0), 0)
              )
            ).observe({type: "layout-shift", buffered: true});
            setTimeout(resolve, 200, 0);
          })
      );
      assert.equal(shift, 0);
    });

    it("fits 360 pixels without sideways scrolling", async () => {
      const {page} = loaded;
      const width = await widthOnPhone(page);
      assert.ok(width <= 360, `the page is ${width} pixels wide`);
      for (const figure of await page.locator("figure.chart svg.narrow").all())
        assert.ok(await figure.isVisible());
      await page.setViewportSize(WIDE);
    });

    it("prints without navigation, with every table open", async () => {
      const {page} = loaded;
      await page.emulateMedia({media: "print"});
      assert.equal(await page.locator("nav").isVisible(), false);
      for (const details of await page.locator("figure details:has(table)").all()) {
        assert.ok(await details.locator(":scope > :not(summary)").first().isVisible());
      }
      await page.emulateMedia({media: "screen"});
    });
  });
}

describe("the filter of the claims", () => {
  it("leaves no empty heading, and says so if no claim is left", async () => {
    const {page, context} = await visitor.visit("/claims", {javaScriptEnabled: false});
    const none = page.getByText("No claim has this verdict on this finding.");
    assert.equal(await none.isVisible(), false);
    const sections = page.locator("main section");
    for (const verdict of await page.locator('[name="verdict"]').all()) {
      for (const finding of await page.locator('[name="finding"]').all()) {
        await verdict.check();
        await finding.check();
        const left = await page.locator("main article").filter({visible: true}).count();
        const headings = await sections.locator("h2").filter({visible: true}).count();
        const counts = page.locator(".filter label:has(:checked) .count").filter({visible: true});
        assert.deepEqual(await counts.allInnerTexts(), [String(left), String(left)]);
        const full = await sections.filter({has: page.locator("article:visible")}).count();
        assert.equal(headings, full);
        assert.equal(await none.isVisible(), left === 0);
      }
    }
    await context.close();
  });
});

describe("a table", () => {
  const cell = '#table-mtp tr:has([data-fact="mtp_delta.c1"])';

  it("shows the unit of a column in its heading, and keeps it in the text of the number", async () => {
    const {page, context} = await visitor.visit("/mtp-break-even");
    const number = page.locator('#table-mtp [data-fact="throughput.awq.c1"]');
    assert.equal((await number.textContent())?.replace(/\s/g, " "), "68 tok/s");
    assert.equal(await number.locator(".unit").evaluate((unit) => unit.getBoundingClientRect().width), 0);
    await page.locator("#table-mtp th").filter({hasText: "Without MTP (tok/s)"}).waitFor();
    await context.close();
  });

  it("has intervals in their own column, and under their values on a phone", async () => {
    const intervals = async (width: number) => {
      const {page, context} = await visitor.visit("/mtp-break-even", {viewport: {width, height: 800}});
      const shown = page.locator(`${cell} [data-interval="mtp_delta.c1"]`).filter({visible: true});
      const [interval, ...others] = await shown.all();
      assert.ok(interval !== undefined && others.length === 0);
      const isUnder = await interval.evaluate(
        (element) => element.closest("td")?.querySelector("data") !== null
      );
      const headings = await page.locator("#table-mtp th").filter({visible: true}).count();
      await context.close();
      return {isUnder, headings};
    };
    assert.deepEqual(await intervals(1280), {isUnder: false, headings: 7 + 5});
    assert.deepEqual(await intervals(360), {isUnder: true, headings: 6 + 5});
  });
});

describe("dark", () => {
  it("differs from light in background, text and every colour of a figure", async () => {
    const colours = async (colorScheme: "light" | "dark") => {
      const {page, context} = await visitor.visit("/quantisation", {colorScheme});
      const wanted: [selector: string, property: string][] = [
        ["html", "background-color"],
        ["html", "color"],
        ["main a", "color"],
        ["figure.chart svg.wide circle", "fill"],
        ["figure.chart svg.wide g[fill*='var']", "fill"]
      ];
      const found = await page.evaluate(
        (list) =>
          list.map(([selector, property]) => {
            const element = document.querySelector(selector);
            return element ? getComputedStyle(element).getPropertyValue(property) : `no ${selector}`;
          }),
        wanted
      );
      await context.close();
      return found;
    };
    const [light, dark] = [await colours("light"), await colours("dark")];
    light.forEach((colour, i) => {
      assert.match(colour, /^rgb/);
      assert.notEqual(colour, dark[i]);
    });
  });
});
