import assert from "node:assert/strict";
import {after, before, describe, it} from "node:test";
import type {Page} from "playwright-core";
import {makeVisitor, pagePaths, type Visitor} from "../support/browser.js";
import {colourViolations, openAll, violations} from "../support/page-checks.js";
import {builtSite} from "../support/workspace.js";

let visitor: Visitor;
before(async () => {
  visitor = await makeVisitor(builtSite());
});
after(() => visitor.close());

describe("axe finds nothing wrong", () => {
  /** In light colours all rules, in dark ones those that depend on colours. */
  async function assertNothingWrong(page: Page): Promise<void> {
    assert.deepEqual(await violations(page), []);
    await page.emulateMedia({colorScheme: "dark"});
    assert.deepEqual(await colourViolations(page), []);
  }

  for (const path of pagePaths(builtSite())) {
    it(`with ${path}, light and dark`, async () => {
      const {page, context} = await visitor.visit(path, {colorScheme: "light"});
      await openAll(page, "main summary");
      // The page of facts is by far the longest and has no colours of its own: light ones are enough.
      if (path === "/facts") assert.deepEqual(await violations(page), []);
      else await assertNothingWrong(page);
      await context.close();
    });
  }

  it("with the panel open, light and dark", async () => {
    const {page, context} = await visitor.visit("/quantisation", {colorScheme: "light"});
    await page.locator("main data").first().click();
    await page.locator("dialog [data-recomputed]").waitFor({timeout: 60_000});
    await openAll(page, "dialog summary");
    await assertNothingWrong(page);
    await context.close();
  });

  it("with a phone", async () => {
    const {page, context} = await visitor.visit("/quantisation", {viewport: {width: 360, height: 740}});
    assert.deepEqual(await violations(page), []);
    await context.close();
  });
});

describe("the keyboard", () => {
  // The page of facts has thousands of numbers, and its button is its only control that other pages lack.
  for (const path of pagePaths(builtSite()).filter((path) => path !== "/facts")) {
    it(`reaches every control of ${path}, in the order of the text`, async () => {
      const {page, context} = await visitor.visit(path);
      await page.waitForLoadState("networkidle");
      for (const explorable of await page.locator("[data-explorable]").all()) {
        await explorable.scrollIntoViewIfNeeded();
        await explorable.locator("input").first().waitFor();
      }
      await page.evaluate(() => window.scrollTo(0, 0));
      const controls = await page.evaluate(() => {
        const all = document.querySelectorAll<HTMLElement>(
          'a[href], button:not([disabled]), summary, [role=button], [tabindex="0"], input, select'
        );
        const named = new Set<string>();
        const visible = [...all].filter((element) => {
          if (!element.checkVisibility()) return false;
          if (!(element instanceof HTMLInputElement) || element.type !== "radio") return true;
          const first = !named.has(element.name);
          named.add(element.name);
          return first;
        });
        for (const [i, element] of visible.entries()) element.dataset.control = String(i);
        document.body.dataset.reached = "";
        document.addEventListener("focusin", ({target}) => {
          const control = target instanceof Element ? target.closest("[data-control]") : null;
          document.body.dataset.reached += ` ${control?.getAttribute("data-control") ?? "another"}`;
        });
        return visible.length;
      });
      assert.ok(controls > 0);
      for (let i = 0; i < controls; i += 1) await page.keyboard.press("Tab");
      const reached = await page.locator("body").getAttribute("data-reached");
      assert.equal(reached, Array.from({length: controls}, (_, i) => ` ${i}`).join(""));
      await context.close();
    });
  }

  it("stops once for a number and the interval next to it, and at an interval alone", async () => {
    const {page, context} = await visitor.visit("/mtp-break-even");
    const stops = (selector: string) => page.locator(`${selector}[tabindex="0"]`).count();
    assert.ok((await stops('#table-mtp [data-fact="mtp_delta.c1"]')) > 0);
    assert.equal(await stops('#table-mtp [data-interval="mtp_delta.c1"]'), 0);
    assert.ok((await stops('[data-interval^="break_even_run_error."]')) > 0);
    await context.close();
  });

  it("shows where the focus is", async () => {
    const {page, context} = await visitor.visit("/quantisation");
    await page.locator("main data").first().focus();
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() =>
      document.activeElement ? getComputedStyle(document.activeElement).outlineStyle : "none"
    );
    assert.equal(outline, "solid");
    await context.close();
  });

  it("skips to the text", async () => {
    const {page, context} = await visitor.visit("/quantisation");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement?.closest("main") !== null));
    await context.close();
  });
});
