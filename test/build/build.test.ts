import assert from "node:assert/strict";
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, describe, it} from "node:test";
import {makeVisitor} from "../support/browser.js";
import {makeWorkspace, type Workspace} from "../support/workspace.js";

// The characters of markup, of Framework's expressions and of the pages' own references.
const hostile = "<img src=x onerror=alert(1)> \u0024{alert(1)} {{gain.c1}} =A1";

let workspace: Workspace;
before(() => {
  workspace = makeWorkspace(undefined, {ownEngine: true});
});
after(() => workspace.remove());

function dist(): string {
  return workspace.path("dist");
}

function names(): string[] {
  return readdirSync(dist(), {recursive: true, encoding: "utf8"}).sort();
}

/** The files of a kind in dist/, by name. */
function files(ending: string): Map<string, string> {
  return new Map(
    names()
      .filter((name) => name.endsWith(ending))
      .map((name) => [name, readFileSync(join(dist(), name), "utf8")])
  );
}

/** The text of every file of a kind in dist/. */
function built(ending: string): string {
  return [...files(ending).values()].join("\n");
}

/** Pages without the times that Framework writes into them, when data loaders ran. */
function pages(): Map<string, string> {
  return new Map(
    Array.from(files(".html"), ([name, html]) => [name, html.replace(/"lastModified":\d+/g, "")] as const)
  );
}

/** Two ways to build: npm run build, and Framework alone. */
const commands = {
  build: () => workspace.run("build"),
  observable: () => workspace.observable("build")
};
type Command = keyof typeof commands;

async function build(command: Command): Promise<void> {
  const {code, stdout, stderr} = await commands[command]();
  assert.equal(code, 0, stdout + stderr);
}

/** Makes changes, builds, and reverts the changes; resolves to the faults, one per line. */
async function faultsOf(command: Command, change: () => void, changed: readonly string[]): Promise<string[]> {
  const texts = changed.map((file) => [file, workspace.read(file)] as const);
  const earlier = {names: names(), pages: files(".html")};
  change();
  const {code, stderr} = await commands[command]();
  for (const [file, text] of texts) workspace.write(file, text);
  assert.equal(code, 1, stderr);
  assert.deepEqual({names: names(), pages: files(".html")}, earlier, "dist/ is not what it was");
  const lines = stderr.trim().split("\n");
  const faults = lines.filter((line) => /^(data|engine|src)\//.test(line));
  if (faults.length > 1)
    assert.equal(lines.at(-1), `${faults.length} faults; nothing was changed.`, lines.join("\n"));
  return faults;
}

/** Fails without printing the whole text, which is long. */
function assertHas(text: string, pattern: RegExp): void {
  assert.ok(pattern.test(text), `${pattern} is not in it`);
}

function assertHasNot(text: string, pattern: RegExp): void {
  assert.ok(!pattern.test(text), `${pattern} is in it`);
}

function assertFaults(faults: readonly string[], expected: readonly RegExp[]): void {
  const all = faults.join("\n");
  assert.equal(faults.length, expected.length, all);
  for (const fault of expected)
    assert.ok(
      faults.some((line) => fault.test(line)),
      `${fault} is not in\n${all}`
    );
}

describe("a build", {concurrency: 1}, () => {
  it("writes the site", async () => {
    await build("build");
    assert.ok(existsSync(join(dist(), "index.html")));
    assertHas(built(".html"), /data-fact="gain\.c1" value="[^"]*">\+57\.7/);
  });

  it("shows code and does not run it", () => {
    const html = workspace.read("dist/index.html");
    for (const language of ["sql", "ts", "js", "sh"])
      assertHas(html, new RegExp(`<pre data-language="${language}"><code`));
    assertHas(html.replace(/<[^>]*>/g, ""), /^SELECT 68 \/ 48$/m);
    assertHasNot(html, /\bdefine\(/);
  });

  it("shows every change to evidence, SQL, formatter, figures, style, script and page, with nothing cleared by hand", async () => {
    workspace.edit("data/series/bf16.json", '"label": "BF16"', '"label": "Sixteen bits"');
    workspace.edit("src/queries/gain_mean.sql", "format: +.1%", "format: +.3%");
    workspace.edit("src/figures/squares.ts", "side - 4", "side - 5");
    workspace.edit("src/explorables/requests.ts", '"Requests "', '"Requests in all "');
    workspace.edit("src/index.md", "## The settings", "## The settings, changed");
    workspace.edit("observablehq.config.ts", 'name: "Claims"', 'name: "Claims, changed"');
    workspace.edit(
      "engine/loaders/src/benchbook/format.ts",
      'const MINUS = "\\u2212"',
      'const MINUS = "\\u2796"'
    );
    workspace.edit("engine/loaders/charts/change.ts", "strokeWidth: 14", "strokeWidth: 13");
    workspace.edit("engine/loaders/src/benchbook/style.css", "max-width: 46.5rem", "max-width: 46.25rem");
    workspace.edit(
      "engine/loaders/src/benchbook/panel.ts",
      "value and interval agree",
      "value and interval do agree"
    );
    await build("build");
    const html = built(".html");
    assertHas(html, /Sixteen bits/);
    assertHas(html, /data-fact="gain_mean" value="[^"]*">\+48\.433/);
    assertHas(html, /<rect[^>]*height="34\.0"|<rect[^>]*height="34"/);
    assertHas(html, /The settings, changed/);
    assertHas(html, /Claims, changed/);
    assertHas(html, />➖\d/);
    assertHasNot(html, /<data[^>]*>\u2212/);
    assertHas(html, /stroke-width="13"/);
    assertHas(built(".css"), /46\.25rem/);
    assertHas(built(".js"), /value and interval do agree/);
    assertHas(built(".js"), /Requests in all/);
    assertHas(built(".js"), /u2796/);
  });

  it("by Framework alone shows a change of prose and of a cell", async () => {
    workspace.edit("src/index.md", "On average that is", "The mean of it is");
    workspace.edit("src/index.md", "Rounding interval: gain interval", "Within: gain interval");
    await build("observable");
    const html = workspace.read("dist/index.html");
    assertHas(html, /The mean of it is/);
    assertHas(html, />Within<\/th>/);
    assertHasNot(html, /Rounding interval/);
  });

  it("by Framework alone shows a change of evidence and of SQL in a page, also in the files it ships", async () => {
    const shipped = () => [...files(".gz").keys()].filter((name) => /report|catalogue/.test(name));
    const before = shipped();
    workspace.edit("data/published/throughput.json", "134", "135");
    workspace.edit("src/index.md", "-- format: +.1%", "-- format: +.2%");
    await build("observable");
    const html = workspace.read("dist/index.html");
    assertHas(html, /data-fact="gain\.c2" value="[^"]*">\+51\.85/);
    const after = shipped();
    assert.equal(after.length, 2);
    assert.deepEqual(
      after.filter((name) => before.includes(name)),
      []
    );
  });

  it("is the same by both commands", async () => {
    const earlier = pages();
    await build("build");
    assert.deepEqual(pages(), earlier);
  });

  for (const command of ["build", "observable"] as const) {
    it(`that fails on pages lists every fault and leaves dist/ as it was (${command})`, async () => {
      const page = workspace.read("src/index.md");
      const faults = await faultsOf(
        command,
        () =>
          workspace.write(
            "src/index.md",
            `${page}\n{{gain.c64}} {{label.nobody}} \u0024{1 + 1}\n\n\`\`\`figure nothing\ndraw: nothing\nrows: gain\nalt: Nothing\ntable: gain\n\`\`\`\n\n\`\`\`figure neither\ndraw: change\nrows: gain\noptions: {high: 1}\nalt: Nothing\ntable: gain\n\`\`\`\n`
          ),
        ["src/index.md"]
      );
      const end = page.split("\n").length;
      assertFaults(faults, [
        new RegExp(
          `^src/index\\.md: line ${end + 1}: unknown fact “gain\\.c64”\\. Known are gain\\.c1, .+\\.$`
        ),
        new RegExp(`^src/index\\.md: line ${end + 1}: unknown text .*“label\\.nobody”\\. .+\\.$`),
        new RegExp(`^src/index\\.md: line ${end + 1}: “1” is typed\\.`),
        new RegExp(`^src/index\\.md: line ${end + 1}: “\\$\\{” would be computed without a check\\.`),
        new RegExp(`^src/index\\.md: line ${end + 3}, figure “nothing”: no chart is called “nothing”\\.`),
        new RegExp(`^src/index\\.md: line ${end + 10}, figure “neither”: .*high`)
      ]);
    });

    it(`that fails on SQL names file and query (${command})`, async () => {
      const faults = await faultsOf(command, () => {
        workspace.edit("src/queries/gain_mean.sql", "FROM gain", "FROM gains");
        workspace.edit("src/index.md", "FROM speedup", "FROM speed_up");
      }, ["src/queries/gain_mean.sql", "src/index.md"]);
      assertFaults(faults, [
        /^src\/queries\/gain_mean\.sql: gain_mean: .*gains.* Correct the query\.$/,
        /^src\/index\.md: gain: .*speed_up.* Correct the query\.$/
      ]);
    });
  }

  it("that fails on several things at once lists each of them", async () => {
    const data = "data/published/throughput.json";
    const changed = [
      data,
      "src/queries/gain_mean.sql",
      "engine/loaders/facts/ttft.sql",
      "src/index.md",
      "src/claims.md"
    ];
    const breakAll = () => {
      workspace.edit("src/queries/gain_mean.sql", "FROM gain", "FROM gains");
      workspace.edit("engine/loaders/facts/ttft.sql", /^-- .*\n/, "");
      workspace.write("src/index.md", `${workspace.read("src/index.md")}\n{{nobody.c1}} {{gain_mean}}\n`);
      workspace.write("src/claims.md", `${workspace.read("src/claims.md")}\nIt took 12 s.\n`);
    };
    const wrong = [
      /^engine\/loaders\/facts\/ttft\.sql: line 1: the first line must ask the question/,
      /^src\/queries\/gain_mean\.sql: gain_mean: .*gains/,
      /^src\/index\.md: line \d+: unknown fact “nobody\.c1”/,
      /^src\/claims\.md: line \d+: “12” is typed/
    ];
    // What depends on a faulty query is not known to be wrong: {{gain_mean}} is not among the faults.
    assertFaults(await faultsOf("build", breakAll, changed), wrong);
    const withEvidence = await faultsOf(
      "build",
      () => {
        workspace.edit(data, "71,", "-71,");
        breakAll();
      },
      changed
    );
    assertFaults(withEvidence, [/^data\/published\/throughput\.json: rows\[0\]\.values\[0\]: -71/, ...wrong]);
  });

  it("stops on a verdict other than the recorded one", async () => {
    const faults = await faultsOf(
      "build",
      () => workspace.edit("data/published/throughput.json", "431,", "630,"),
      ["data/published/throughput.json"]
    );
    assertFaults(faults, [
      /^src\/claims\/gain_everywhere\.sql: gain_everywhere: “FP8 is faster at every concurrency” was holds and is contradicted: /
    ]);
  });

  it("shows exactly the characters of a label in prose, tables, drawings and the panel", async () => {
    workspace.edit("data/series/fp8.json", '"label": "FP8"', `"label": ${JSON.stringify(hostile)}`);
    await build("build");
    const visitor = await makeVisitor(dist());
    try {
      for (const path of ["/", "/claims", "/series/fp8", "/compare/bf16-vs-fp8"]) {
        const {page, context, complaints} = await visitor.visit(path);
        await page.waitForLoadState("networkidle");
        assert.deepEqual(complaints, [], path);
        assert.equal(await page.locator("img").count(), 0, path);
        assert.ok((await page.locator("main").innerText()).includes(hostile), path);
        await context.close();
      }
      const {page, context, complaints} = await visitor.visit("/");
      assert.ok((await page.locator("main thead").first().textContent())?.includes(hostile));
      const drawing = page.locator("#figure-gain svg.wide");
      assert.ok((await drawing.getAttribute("aria-label"))?.includes(hostile));
      await page.locator("main data").filter({visible: true}).first().click();
      await page.locator("dialog [data-recomputed][data-agrees=true]").waitFor({timeout: 60_000});
      assert.equal(await page.locator("dialog img").count(), 0);
      assert.deepEqual(complaints, []);
      await context.close();
      const compared = await visitor.visit("/compare/bf16-vs-fp8");
      const lines = compared.page.locator("svg.wide").first();
      // A long name is drawn in several lines.
      const drawn = (await lines.textContent())?.replace(/\s/g, "");
      assert.ok(drawn?.includes(hostile.replace(/\s/g, "")));
      await compared.context.close();
    } finally {
      await visitor.close();
    }
    assert.ok(built(".json").includes(JSON.stringify(hostile).slice(1, -1)));
  });
});
