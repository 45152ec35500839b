// Follows docs/make-your-own-report.md step by step in a folder outside the repository.

import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {after, before, describe, it} from "node:test";
import {makeVisitor, pagePaths, type Visitor} from "../support/browser.js";
import {stepsOf} from "../support/guide.js";
import {complaintsOf} from "../support/page-checks.js";
import {root} from "../support/workspace.js";

const WAIT = {timeout: 60_000};
const folder = realpathSync(mkdtempSync(join(tmpdir(), "own-report-")));
after(() => rmSync(folder, {recursive: true, force: true}));

function run(commands: string): string {
  return execFileSync("sh", ["-ec", commands], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      npm_config_offline: "true",
      npm_config_audit: "false",
      OBSERVABLE_TELEMETRY_DISABLE: "1"
    }
  });
}

function page(name: string): string {
  return readFileSync(join(folder, "dist", name), "utf8").replace(/"lastModified":\d+/g, "");
}

describe("a report made by docs/make-your-own-report.md", {concurrency: 1}, () => {
  let visitor: Visitor;
  before(async () => {
    const engine = execFileSync("git", ["status", "--short", "loaders"], {cwd: root, encoding: "utf8"});
    for (const step of stepsOf(join(root, "docs/make-your-own-report.md"))) {
      if ("commands" in step) run(step.commands.replaceAll("../benchbook", root));
      else {
        mkdirSync(dirname(join(folder, step.file)), {recursive: true});
        writeFileSync(join(folder, step.file), step.text);
      }
    }
    assert.equal(
      execFileSync("git", ["status", "--short", "loaders"], {cwd: root, encoding: "utf8"}),
      engine,
      "the engine was touched"
    );
    visitor = await makeVisitor(join(folder, "dist"));
  });
  after(() => visitor?.close());

  it("has its pages, and those of its series and its pair", () => {
    assert.deepEqual(pagePaths(join(folder, "dist")), [
      "/",
      "/claims",
      "/compare/chunked-vs-plain",
      "/facts",
      "/series/chunked",
      "/series/plain"
    ]);
  });

  it("shows what its cells declare", () => {
    const html = page("index.html");
    assert.match(html, /<figure class="chart" id="figure-gain">\n<svg aria-label="[^"]*\+35\.5/);
    assert.match(html, /<figure class="table" id="table-gain">/);
    assert.match(html, /data-fact="gain\.c16" value="0\.35[^"]*">\+35\.5\u202f%<\/data>/);
    assert.match(html, /data-verdict="holds-within-rounding" href="\.\/claims#always_faster"/);
    assert.match(html, /--series-chunked:#0b5e86/);
  });

  it("is the same built by Framework alone and by the engine", () => {
    const names = ["index.html", "claims.html", "facts.html", "series/plain.html"];
    const before = names.map(page);
    run("npx observable build");
    assert.deepEqual(names.map(page), before);
  });

  it("recomputes its numbers in the browser", async () => {
    const {page, context, complaints, foreign} = await visitor.visit("/");
    await page.locator('main data[data-fact="gain.c16"]').filter({visible: true}).first().click();
    const panel = page.getByRole("dialog");
    await panel.locator('[data-recomputed="gain.c16"][data-agrees="true"]').waitFor(WAIT);
    const text = await panel.innerText();
    for (const part of [
      "What does chunked prefill gain",
      "951 tok/s",
      "702 tok/s",
      "table 1, column “chunked”"
    ])
      assert.ok(text.includes(part), part);
    assert.deepEqual([complaints, foreign], [[], []]);
    await context.close();
  });

  it("recomputes all of them", async () => {
    const {page, context} = await visitor.visit("/facts");
    await page.getByRole("button", {name: "Recompute all"}).click();
    const status = page.getByText(/(\d+) of \1 facts agree; the queries took/);
    await status.waitFor(WAIT);
    await context.close();
  });

  it("passes the checks of pages", async () => {
    for (const path of pagePaths(join(folder, "dist")))
      assert.deepEqual(await complaintsOf(visitor, path), [], path);
  });
});
