import assert from "node:assert/strict";
import {after, before, describe, it} from "node:test";
import type {Page} from "playwright-core";
import {makeVisitor, type Visitor} from "../support/browser.js";
import {builtSite} from "../support/workspace.js";

let visitor: Visitor;
before(async () => {
  visitor = await makeVisitor(builtSite());
});
after(() => visitor.close());

/** Scrolls the explorable of a page into view, and waits for its inputs. */
async function opened(page: Page) {
  const explorable = page.locator("[data-explorable]");
  await explorable.scrollIntoViewIfNeeded();
  await explorable.locator("input").first().waitFor();
  return explorable;
}

describe("an explorable", () => {
  for (const [path, drawings] of [
    ["/ceiling", 1],
    ["/mtp-break-even", 2]
  ] as const) {
    it(`of ${path} replaces its static start`, async () => {
      const off = await visitor.visit(path, {javaScriptEnabled: false});
      const start = off.page.locator("[data-explorable]");
      assert.equal(await start.locator("svg").filter({visible: true}).count(), drawings);
      assert.equal(await start.locator(".result").count(), 1);
      assert.equal(await start.locator(".needs-script").isVisible(), true);
      const sentence = await start.locator(".result").innerText();
      await off.context.close();

      const {page, context, complaints} = await visitor.visit(path);
      const explorable = await opened(page);
      assert.equal(await explorable.locator("svg").count(), drawings);
      assert.equal(await explorable.locator(".start, .needs-script").count(), 0);
      assert.deepEqual(await explorable.locator(".result").allInnerTexts(), [sentence]);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }
});

describe("the sliders of speculation", () => {
  it("have names, and say their values", async () => {
    const {page, context} = await visitor.visit("/mtp-break-even");
    const explorable = await opened(page);
    for (const name of ["Acceptance rate", "Draft tokens k", "Verification v", "Draft and the rest c"])
      assert.match(
        (await explorable.getByRole("slider", {name}).getAttribute("aria-valuetext")) ?? "",
        /^[\d.]+(\s%)?$/
      );
    await context.close();
  });
});

describe("the calculator of the ceiling", () => {
  it("disables what has no effect while the published bytes are kept", async () => {
    const {page, context} = await visitor.visit("/ceiling");
    const explorable = await opened(page);
    const slider = (name: string) => explorable.getByRole("slider", {name});
    const ofBytes = ["Tensor parallelism", "Bits per quantised weight", "Group size", "Experts per token"];
    const others = ["GPU bandwidth", "Tokens a step and request"];
    const enabled = async (names: readonly string[]) =>
      Promise.all(names.map((name) => slider(name).isEnabled()));
    const keep = explorable.getByRole("checkbox", {name: /^Keep the published 22\sGB a step$/});
    const result = explorable.locator(".result");
    assert.deepEqual(await enabled([...ofBytes, ...others]), Array(6).fill(true));
    const before = await result.innerText();

    await keep.check();
    assert.deepEqual(await enabled(ofBytes), Array(4).fill(false));
    assert.deepEqual(await enabled(others), Array(2).fill(true));
    assert.notEqual(await result.innerText(), before);

    await keep.uncheck();
    assert.deepEqual(await enabled([...ofBytes, ...others]), Array(6).fill(true));
    assert.equal(await result.innerText(), before);
    await context.close();
  });
});
