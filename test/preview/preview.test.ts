import assert from "node:assert/strict";
import {type ChildProcess, spawn} from "node:child_process";
import {once} from "node:events";
import {after, before, describe, it} from "node:test";
import type {Browser, Page} from "playwright-core";
import {freePort, parsePort} from "../../loaders/preview/port.js";
import {launch} from "../support/browser.js";
import {makeWorkspace, runCommand, type Workspace} from "../support/workspace.js";

const WAIT = {timeout: 60_000};

describe("npm run dev", {concurrency: 1}, () => {
  let workspace: Workspace;
  let dev: ChildProcess;
  let browser: Browser;
  let page: Page;
  let said = "";

  before(async () => {
    workspace = makeWorkspace();
    const port = await freePort(4600);
    dev = spawn(process.execPath, ["--import", "tsx", "loaders/cli/dev.ts", `--port=${port}`], {
      cwd: workspace.root,
      stdio: ["ignore", "ignore", "pipe"]
    });
    dev.stderr?.on("data", (text) => {
      said += text;
    });
    browser = await launch();
    page = await browser.newPage();
    const url = `http://127.0.0.1:${port}/quantisation`;
    for (let tries = 0; ; tries += 1) {
      try {
        await page.goto(url);
        break;
      } catch (error) {
        if (tries === 120 || dev.exitCode !== null) throw new Error(said, {cause: error});
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
    await page
      .locator('main data[data-fact="lead.c4"]')
      .first()
      .waitFor({state: "attached", ...WAIT});
  });

  after(async () => {
    await browser?.close();
    dev?.kill();
    if (dev?.exitCode === null) await once(dev, "exit");
    workspace?.remove();
  });

  /** Waits until the page shows a text by itself, and says how long that took. */
  async function shows(what: string, change: () => void, selector: string, text: RegExp): Promise<void> {
    const start = performance.now();
    change();
    await page
      .locator(selector)
      .filter({hasText: text})
      .first()
      .waitFor({state: "attached", ...WAIT});
    console.log(`${what}: shown after ${((performance.now() - start) / 1000).toFixed(2)} s`);
  }

  it("shows a change to the evidence", () =>
    shows(
      "evidence",
      () => workspace.edit("data/series/awq.json", '"label": "AWQ"', '"label": "AWQ renamed"'),
      "h1",
      /AWQ renamed/
    ));

  it("shows a change to SQL", () =>
    shows(
      "SQL",
      () => workspace.edit("loaders/facts/lead.sql", "format: +.0%", "format: +.2%"),
      'main data[data-fact="lead.c4"]',
      /\+58\.47/
    ));

  it("shows a change to the formatter", () =>
    shows(
      "formatter",
      () => workspace.edit("src/format.ts", 'signed ? "+"', 'signed ? "plus "'),
      'main data[data-fact="lead.c4"]',
      /plus 58/
    ));

  it("shows a change to a figure", () =>
    shows(
      "figure",
      () => workspace.edit("src/figures/throughput.ts", "System throughput (tok/s)", "Changed axis"),
      "figure svg.wide text",
      /Changed axis/
    ));

  it("shows a change to a page", () =>
    shows(
      "page",
      () => workspace.edit("src/quantisation.md", "## The lead\n", "## The changed lead\n"),
      "h2",
      /The changed lead/
    ));

  it("says what is wrong, keeps the last good state, and goes on when it is right again", async () => {
    const sql = workspace.read("loaders/facts/lead.sql");
    workspace.write("loaders/facts/lead.sql", sql.replace("FROM speedup", "FROM speed_up"));
    for (let tries = 0; !/lead\.sql: lead: .*speed_up/.test(said) && tries < 600; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.match(said, /loaders\/facts\/lead\.sql: lead: .*speed_up.*Correct the query/);
    await page.reload();
    assert.match(await page.locator("h1").innerText(), /AWQ renamed/);
    await shows(
      "SQL again",
      () => workspace.write("loaders/facts/lead.sql", sql.replace("format: +.2%", "format: +.1%")),
      'main data[data-fact="lead.c4"]',
      /plus 58\.5/
    );
  });
});

describe("npm run preview", () => {
  it("says how to build when there is nothing to serve", async () => {
    const workspace = makeWorkspace();
    const {code, stderr} = await runCommand(workspace.root, "preview");
    workspace.remove();
    assert.equal(code, 1);
    assert.match(stderr, /^dist\/ holds no site\. Build it with npm run build\.$/m);
  });

  for (const wrong of ["x", "-1", "70000", "1.5"]) {
    it(`refuses the port ${wrong}`, () => assert.throws(() => parsePort(wrong), /is no port/));
  }
});
