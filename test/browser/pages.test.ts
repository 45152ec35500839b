import assert from "node:assert/strict";
import {after, before, describe, it} from "node:test";
import {makeVisitor, pagePaths, type Visitor} from "../support/browser.js";
import {complaintsOf} from "../support/page-checks.js";
import {builtFixture} from "../support/workspace.js";

let visitor: Visitor;
before(async () => {
  visitor = await makeVisitor(builtFixture());
});
after(() => visitor.close());

describe("the checks of pages", () => {
  for (const path of pagePaths(builtFixture()))
    it(`find nothing wrong with ${path}`, async () =>
      assert.deepEqual(await complaintsOf(visitor, path), []));
});

describe("code that a page shows", () => {
  it("is shown and not run", async () => {
    const {page, context} = await visitor.visit("/");
    const shown = await page.locator("main pre").allInnerTexts();
    assert.deepEqual(
      shown.map((text) => text.trim()),
      [
        "SELECT 68 / 48",
        "const shown: number = 1 + 1;",
        'document.title = "not run";',
        "vllm bench serve --max-concurrency 8"
      ]
    );
    assert.equal(await page.title(), "Sparrow in eight bits | Sparrow");
    await context.close();
  });
});

describe("an explorable", () => {
  it("replaces its static start, and follows its input", async () => {
    const off = await visitor.visit("/", {javaScriptEnabled: false});
    const start = off.page.locator('[data-explorable="requests"]');
    assert.equal(await start.locator(".needs-script").isVisible(), true);
    const sentence = await start.locator(".result").innerText();
    await off.context.close();

    const {page, context, complaints} = await visitor.visit("/");
    const explorable = page.locator('[data-explorable="requests"]');
    await explorable.scrollIntoViewIfNeeded();
    const input = explorable.getByRole("slider", {name: "Requests"});
    await input.waitFor();
    assert.equal(await explorable.locator(".start, .needs-script").count(), 0);
    const result = explorable.locator(".result");
    assert.equal(await result.innerText(), sentence);
    await input.fill("7");
    assert.equal((await result.innerText()).replace(/\s/g, " "), "Together: 8.0 s.");
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
