// Recomputes every number of the report from the file that it ships.

import assert from "node:assert/strict";
import {after, before, describe, it} from "node:test";
import {z} from "zod";
import {makeVisitor, type Visitor} from "../support/browser.js";
import {builtSite, root, runCommand} from "../support/workspace.js";

const WAIT = {timeout: 60_000};

let visitor: Visitor;
let facts: {id: string; text: string}[];
before(async () => {
  visitor = await makeVisitor(builtSite());
  const {stdout} = await runCommand(root, "facts", ["--json"]);
  facts = z.array(z.object({id: z.string(), text: z.string()})).parse(JSON.parse(stdout));
});
after(() => visitor.close());

describe("recomputing the report", () => {
  it("agrees for every fact of the site", async () => {
    const {page, context, complaints, foreign} = await visitor.visit("/facts");
    await page.getByRole("button", {name: "Recompute all"}).click();
    await page.getByText(/\d+ of \d+ facts agree; the queries took/).waitFor(WAIT);
    const agreed = await page
      .locator('[data-recomputed][data-agrees="true"]')
      .evaluateAll((marks) => marks.map((mark) => mark.getAttribute("data-recomputed")));
    assert.deepEqual(agreed.sort(), facts.map(({id}) => id).sort());
    assert.equal(await page.locator('[data-agrees="false"]').count(), 0);
    assert.deepEqual([complaints, foreign], [[], []]);
    await context.close();
  });

  it("agrees for facts of a dozen families, opened by hand", async () => {
    const {page, context, complaints} = await visitor.visit("/facts");
    const families = [...new Map(facts.map((fact) => [fact.id.split(".")[0], fact])).values()];
    const sample = families.filter((_, i) => i % Math.ceil(families.length / 12) === 0);
    for (const {id, text} of sample) {
      await page.locator(`main data[data-fact="${id}"]`).first().click();
      await page.locator(`dialog [data-recomputed="${id}"][data-agrees="true"]`).waitFor(WAIT);
      const shown = await page.locator("dialog .value").innerText();
      assert.ok(shown.startsWith(text), `${id}: ${shown} for ${text}`);
      // By its attribute: finding it by role makes Chromium name the twenty thousand elements of the page.
      await page.locator('dialog [aria-label="Close"]').click();
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("leads from a number to the line of the source", async () => {
    const {page, context} = await visitor.visit("/quantisation");
    await page.locator('main data[data-fact="lead.c2"]').filter({visible: true}).first().click();
    const panel = page.getByRole("dialog");
    await panel.locator('[data-recomputed="lead.c2"][data-agrees="true"]').waitFor(WAIT);
    assert.match(await panel.innerText(), /value and interval agree: 0\.774194 \[0\.752, 0\.796748\]/);
    assert.match(
      (await panel.getByRole("link").first().getAttribute("href")) ?? "",
      /^https:\/\/github\.com\/AlexGS74\//
    );
    await context.close();
  });
});
