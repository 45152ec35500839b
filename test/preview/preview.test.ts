import assert from "node:assert/strict";
import {after, before, describe, it} from "node:test";
import {parsePort} from "../../loaders/site/port.js";
import {type Dev, startDev} from "../support/dev.js";
import {makeWorkspace, type Workspace} from "../support/workspace.js";

const gain = 'main data[data-fact="gain.c2"]';

describe("npx observable preview", {concurrency: 1}, () => {
  let workspace: Workspace;
  let dev: Dev;
  before(async () => {
    workspace = makeWorkspace(undefined, {ownEngine: true});
    dev = await startDev(workspace, "/", gain, "observable preview");
  });
  after(async () => {
    await dev?.stop();
    workspace?.remove();
  });

  it("shows a change to the evidence", async () => {
    await dev.shows(
      () => workspace.edit("data/series/fp8.json", '"label": "FP8"', '"label": "FP8 renamed"'),
      "figcaption",
      /FP8 renamed/
    );
  });

  it("shows it on another page as well, even if that is opened before its cells are made", async () => {
    const other = await dev.otherPage();
    await dev.shows(
      () => workspace.edit("data/series/fp8.json", "FP8 renamed", "FP8 once more"),
      "figcaption",
      /FP8 once more/
    );
    await other.goto(new URL("/series/fp8", dev.page.url()).href);
    await other.locator("#table-points table").waitFor({timeout: 60_000});
    await other.close();
  });

  it("shows a change to SQL in a file", async () => {
    await dev.shows(
      () => workspace.edit("src/queries/gain_mean.sql", "format: +.1%", "format: +.3%"),
      'main data[data-fact="gain_mean"]',
      /\+48\.433/
    );
  });

  it("shows a change to SQL in a page", async () => {
    await dev.shows(
      () => workspace.edit("src/index.md", "-- format: +.1%", "-- format: +.2%"),
      gain,
      /\+52\.99/
    );
  });

  it("shows a change to a cell", async () => {
    await dev.shows(
      () => workspace.edit("src/index.md", "Rounding interval: gain interval", "Within: gain interval"),
      "#table-gain th",
      /Within/
    );
  });

  it("shows a change to a figure of the report", async () => {
    await dev.shows(
      () =>
        workspace.edit(
          "src/figures/squares.ts",
          "return svg;",
          'svg.append(document.createElementNS("http://www.w3.org/2000/svg", "text"));\n    svg.lastChild.textContent = "Changed drawing";\n    return svg;'
        ),
      "#figure-squares svg.wide text",
      /Changed drawing/
    );
  });

  it("shows a change of prose", async () => {
    await dev.shows(
      () => workspace.edit("src/index.md", "## The gain\n", "## The changed gain\n"),
      "h2",
      /The changed gain/
    );
  });

  it("says what is wrong, keeps the last good state, and continues once it is fixed", async () => {
    const sql = workspace.read("src/queries/gain_mean.sql");
    await dev.says(
      () => workspace.write("src/queries/gain_mean.sql", sql.replace("FROM gain", "FROM gains")),
      /^src\/queries\/gain_mean\.sql: gain_mean: .*gains.*Correct the query/m
    );
    const other = await dev.otherPage();
    await other.goto(dev.page.url());
    assert.match(await other.locator("h2").first().innerText(), /The changed gain/);
    await other.close();
    await dev.shows(
      () => workspace.write("src/queries/gain_mean.sql", sql.replace("+.3%", "+.2%")),
      'main data[data-fact="gain_mean"]',
      /\+48\.43/
    );
  });

  it("shows a change to the code that writes pages", async () => {
    await dev.shows(
      () => workspace.edit("engine/loaders/pages/frame.ts", "Skip to the text", "Skip to what follows"),
      "a.skip",
      /Skip to what follows/
    );
  });

  it("shows a change to the formatter", async () => {
    await dev.shows(
      () => workspace.edit("engine/loaders/src/benchbook/format.ts", 'signed ? "+"', 'signed ? "plus "'),
      gain,
      /plus 52/
    );
  });

  it("shows a change to a chart of the engine", async () => {
    await dev.shows(
      () => workspace.edit("engine/loaders/charts/change.ts", "(%)", "(of 100)"),
      "#figure-gain svg.wide text",
      /\(of 100\)/
    );
  });
});

describe("npm run dev", {concurrency: 1}, () => {
  let workspace: Workspace;
  let dev: Dev;
  before(async () => {
    workspace = makeWorkspace();
    dev = await startDev(workspace, "/", gain, "dev");
  });
  after(async () => {
    await dev?.stop();
    workspace?.remove();
  });

  it("names its address and nothing else", () => {
    assert.match(dev.said(), /^http:\/\/127\.0\.0\.1:\d+\/ \(stop with Ctrl-C\)\n$/);
  });

  it("shows a change", async () => {
    await dev.shows(
      () => workspace.edit("src/index.md", "-- format: +.1%", "-- format: +.2%"),
      gain,
      /\+52\.99/
    );
  });

  it("prints what is wrong", async () => {
    await dev.says(
      () => workspace.edit("src/queries/gain_mean.sql", "FROM gain", "FROM gains"),
      /^src\/queries\/gain_mean\.sql: gain_mean: .*gains.*Correct the query/m
    );
  });
});

describe("npm run preview", () => {
  it("says how to build if there is nothing to serve", async () => {
    const workspace = makeWorkspace();
    const {code, stderr} = await workspace.run("preview");
    workspace.remove();
    assert.equal(code, 1);
    assert.match(stderr, /^dist\/ holds no site\. Build it with npm run build\.$/m);
  });

  for (const wrong of ["x", "-1", "70000", "1.5"]) {
    it(`refuses the port ${wrong}`, () => assert.throws(() => parsePort(wrong), /is not a port/));
  }
});
