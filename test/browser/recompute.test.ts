import assert from "node:assert/strict";
import {join} from "node:path";
import {after, before, describe, it} from "node:test";
import {makeVisitor, type Visitor} from "../support/browser.js";
import {builtFixture} from "../support/workspace.js";

const WAIT = {timeout: 60_000};

let visitor: Visitor;
before(async () => {
  visitor = await makeVisitor(builtFixture());
});
after(() => visitor.close());

const gain = 'main data[data-fact="gain.c2"]';

describe("recomputing", () => {
  it("agrees for every fact of the site", async () => {
    const {page, context, complaints, foreign} = await visitor.visit("/facts");
    const ids = await page
      .locator("main tbody data[data-fact]")
      .evaluateAll((facts) => facts.map((fact) => fact.getAttribute("data-fact")));
    assert.ok(ids.length > 100);
    await page.getByRole("button", {name: "Recompute all"}).click();
    await page.getByText(/\d+ of \d+ facts agree; the queries took/).waitFor(WAIT);
    const agreed = await page
      .locator('[data-recomputed][data-agrees="true"]')
      .evaluateAll((marks) => marks.map((mark) => mark.getAttribute("data-recomputed")));
    assert.deepEqual(agreed.sort(), [...new Set(ids)].sort());
    assert.equal(await page.locator('[data-agrees="false"]').count(), 0);
    assert.deepEqual([complaints, foreign], [[], []]);
    await context.close();
  });

  it("loads nothing of DuckDB before the first gesture", async () => {
    const {page, context} = await visitor.visit("/");
    await page.waitForLoadState("networkidle");
    const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({name}) => name));
    assert.deepEqual(
      loaded.filter((name) => /duckdb|arrow|catalogue|panel/.test(name)),
      []
    );
    await context.close();
  });

  it("shows question, SQL, rows and source on a click, and agrees", async () => {
    const {page, context, complaints, foreign} = await visitor.visit("/");
    await page.locator(gain).filter({visible: true}).first().click();
    const panel = page.getByRole("dialog");
    await panel.locator('[data-recomputed="gain.c2"][data-agrees="true"]').waitFor(WAIT);
    const text = await panel.innerText();
    assert.equal(await panel.getByRole("heading").first().innerText(), "Gain: concurrency 2");
    assert.match(text, /value and interval agree: 0\.529851 \[0\.520446, 0\.539326\]/);
    for (const part of [
      "FROM gain",
      "concurrency = 2",
      "+53.0",
      "rounding",
      "205 tok/s",
      "134 tok/s",
      "column “"
    ]) {
      assert.ok(text.includes(part), part);
    }
    assert.match(
      (await panel.getByRole("link").first().getAttribute("href")) ?? "",
      /^https:\/\/example\.org\/sparrow$/
    );
    assert.deepEqual([complaints, foreign], [[], []]);
    await context.close();
  });

  it("opens on Enter and on Space, closes on Escape, and focus returns to the number", async () => {
    const {page, context} = await visitor.visit("/");
    const number = page.locator('main data[data-fact="gain.c1"]').filter({visible: true}).first();
    for (const key of ["Enter", "Space"]) {
      await number.focus();
      await page.keyboard.press(key);
      await page.locator('dialog [data-recomputed="gain.c1"][data-agrees="true"]').waitFor(WAIT);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({state: "hidden"});
      assert.ok(await number.evaluate((element) => element === document.activeElement));
    }
    await context.close();
  });

  it("opens the same panel from an interval", async () => {
    const {page, context} = await visitor.visit("/");
    await page.locator('main [data-interval="gain.c1"]').filter({visible: true}).first().click();
    await page.locator('dialog [data-recomputed="gain.c1"][data-agrees="true"]').waitFor(WAIT);
    await context.close();
  });

  it("agrees on a host that sends gzipped files as they are", async () => {
    const {page, context} = await visitor.visit("/");
    await page.route(/\.gz$/, (route) =>
      route.fulfill({
        path: join(builtFixture(), new URL(route.request().url()).pathname),
        contentType: "application/gzip"
      })
    );
    await page.locator(gain).filter({visible: true}).first().click();
    await page.locator('dialog [data-recomputed="gain.c2"][data-agrees="true"]').waitFor(WAIT);
    await context.close();
  });

  it("says that a number does not agree if the shipped database differs", async () => {
    const {page, context} = await visitor.visit("/");
    await page.route(/catalogue\.json\.[0-9a-f]+\.gz$/, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replaceAll('"text":"+53', '"text":"+54');
      await route.fulfill({response, body});
    });
    await page.locator(gain).filter({visible: true}).first().click();
    const status = page.locator('dialog [data-recomputed="gain.c2"][data-agrees="false"]');
    await status.waitFor(WAIT);
    assert.match(await status.innerText(), /does not agree/);
    await context.close();
  });

  it("says what went wrong if DuckDB cannot be loaded, and works once it can", async () => {
    const {page, context} = await visitor.visit("/");
    let isDown = true;
    // The route stays: requests in flight are sometimes lost when routes are removed.
    await page.route(/\.wasm\.[0-9a-f]+\.gz$/, (route) =>
      isDown ? route.fulfill({status: 503, body: ""}) : route.continue()
    );
    const number = page.locator(gain).filter({visible: true}).first();
    await number.click();
    await page
      .getByRole("dialog")
      .getByText(/could not be recomputed here.*503/)
      .waitFor(WAIT);
    isDown = false;
    await page.keyboard.press("Escape");
    await number.click();
    await page.locator('dialog [data-recomputed="gain.c2"][data-agrees="true"]').waitFor(WAIT);
    await context.close();
  });
});

describe("finding a fact", () => {
  it("shows and counts the facts whose id or question has the words, and all of them without words", async () => {
    const {page, context} = await visitor.visit("/facts");
    await page.waitForLoadState("networkidle");
    const rows = page.locator(".facts tbody tr").filter({visible: true});
    const all = await rows.count();
    const field = page.getByLabel("Find a fact");
    await field.fill("gain.c2");
    await page.locator("[data-found]", {hasText: /^[1-9]\d* found$/}).waitFor();
    const ids = await rows.evaluateAll((found) => found.map(({id}) => id));
    assert.ok(
      ids.includes("gain.c2") && ids.length < 10 && ids.every((id) => id.includes("gain.c2")),
      ids.join()
    );
    await field.fill("");
    assert.equal(await rows.count(), all);
    await context.close();
  });
});
