import assert from "node:assert/strict";
import {after, before, describe, it} from "node:test";
import {parsePort} from "../../loaders/site/port.js";
import {type Dev, startDev} from "../support/dev.js";
import {makeWorkspace, type Workspace} from "../support/workspace.js";

describe("npm run dev", {concurrency: 1}, () => {
  let workspace: Workspace;
  let dev: Dev;
  before(async () => {
    workspace = makeWorkspace();
    dev = await startDev(workspace, "/quantisation", 'main data[data-fact="lead.c4"]');
  });
  after(async () => {
    await dev?.stop();
    workspace?.remove();
  });

  it("shows a change to the evidence", async () => {
    await dev.shows(
      () => workspace.edit("data/series/awq.json", '"label": "AWQ"', '"label": "AWQ renamed"'),
      "h1",
      /AWQ renamed/
    );
  });

  it("shows a change to SQL", async () => {
    await dev.shows(
      () => workspace.edit("src/queries/lead.sql", "format: +.0%", "format: +.2%"),
      'main data[data-fact="lead.c4"]',
      /\+58\.47/
    );
  });

  it("shows a change to the formatter", async () => {
    await dev.shows(
      () => workspace.edit("src/format.ts", 'signed ? "+"', 'signed ? "plus "'),
      'main data[data-fact="lead.c4"]',
      /plus 58/
    );
  });

  it("shows a change to a figure", async () => {
    await dev.shows(
      () => workspace.edit("src/figures/throughput.ts", "System throughput (tok/s)", "Changed axis"),
      "figure svg.wide text",
      /Changed axis/
    );
  });

  it("shows a change to the code that writes pages", async () => {
    await dev.shows(
      () => workspace.edit("loaders/pages/site.ts", 'name: "Quantisation"', 'name: "Quantisation, changed"'),
      "nav a",
      /Quantisation, changed/
    );
  });

  it("shows a change to a page", async () => {
    await dev.shows(
      () => workspace.edit("src/quantisation.md", "## The lead\n", "## The changed lead\n"),
      "h2",
      /The changed lead/
    );
  });

  it("says what is wrong, keeps the last good state, and goes on when it is right again", async () => {
    const sql = workspace.read("src/queries/lead.sql");
    workspace.write("src/queries/lead.sql", sql.replace("FROM speedup", "FROM speed_up"));
    for (let tries = 0; !/lead\.sql: lead: .*speed_up/.test(dev.said()) && tries < 600; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.match(dev.said(), /loaders\/facts\/lead\.sql: lead: .*speed_up.*Correct the query/);
    await dev.page.reload();
    assert.match(await dev.page.locator("h1").innerText(), /AWQ renamed/);
    await dev.shows(
      () => workspace.write("src/queries/lead.sql", sql.replace("format: +.2%", "format: +.1%")),
      'main data[data-fact="lead.c4"]',
      /plus 58\.5/
    );
  });
});

describe("npm run preview", () => {
  it("says how to build when there is nothing to serve", async () => {
    const workspace = makeWorkspace();
    const {code, stderr} = await workspace.run("preview");
    workspace.remove();
    assert.equal(code, 1);
    assert.match(stderr, /^dist\/ holds no site\. Build it with npm run build\.$/m);
  });

  for (const wrong of ["x", "-1", "70000", "1.5"]) {
    it(`refuses the port ${wrong}`, () => assert.throws(() => parsePort(wrong), /is no port/));
  }
});
