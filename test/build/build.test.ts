import assert from "node:assert/strict";
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, describe, it} from "node:test";
import {makeVisitor} from "../support/browser.js";
import {makeWorkspace, type Workspace} from "../support/workspace.js";

// The characters of markup, of Framework's expressions and of the pages' own references.
const hostile = "<img src=x onerror=alert(1)> \u0024{alert(1)} {{lead.c1}} =A1";
const label = "AWQ";

let workspace: Workspace;
before(() => {
  workspace = makeWorkspace();
});
after(() => workspace.remove());

function dist(): string {
  return workspace.path("dist");
}

/** The text of every file of a kind in dist/. */
function built(ending: string): string {
  return readdirSync(dist(), {recursive: true, encoding: "utf8"})
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join(dist(), name), "utf8"))
    .join("\n");
}

describe("a build", {concurrency: 1}, () => {
  it("writes the site", async () => {
    const {code, stderr} = await workspace.run("build");
    assert.equal(code, 0, stderr);
    assert.ok(existsSync(join(dist(), "index.html")));
  });

  it("has every change to evidence, SQL, formatter, figure, style and page, with nothing cleared by hand", async () => {
    workspace.edit("data/statements.json", /"quote": "([^"]*) weights/, '"quote": "$1 weights changed');
    for (const card of ["awq", "awq-mtp1"])
      workspace.edit(
        `data/series/${card}.json`,
        '"endpoint": "/v1/chat/completions"',
        '"endpoint": "/v1/changed"'
      );
    workspace.edit("src/queries/ceiling.sql", "format: .0f", "format: .3f");
    workspace.edit("src/format.ts", 'const MINUS = "\\u2212"', 'const MINUS = "\\u2796"');
    workspace.edit("src/figures/change.ts", "strokeWidth: 14", "strokeWidth: 13");
    workspace.edit("src/style.css", "max-width: 46.5rem", "max-width: 46.25rem");
    workspace.edit("src/method.md", "# Method and glossary", "# Method, changed");
    workspace.edit("src/components/panel.ts", "value and interval agree", "value and interval do agree");
    const {code, stderr} = await workspace.run("build");
    assert.equal(code, 0, stderr);
    const html = built(".html").replaceAll("<wbr>", "");
    assert.match(html, /\/v1\/changed/);
    assert.match(html, /data-fact="ceiling" value="[^"]*">58\.182/);
    assert.match(html, /➖16/);
    assert.doesNotMatch(html, /<data[^>]*>\u2212/);
    assert.match(html, /stroke-width="13"/);
    assert.match(built(".css"), /46\.25rem/);
    assert.match(html, /Method, changed/);
    assert.match(built(".js"), /value and interval do agree/);
    assert.match(built(".js"), /u2796/);
    assert.match(built(".json"), /weights changed/);
  });

  it("that fails lists every fault of pages and leaves dist/ as it was", async () => {
    const earlier = readFileSync(join(dist(), "index.html"), "utf8");
    const stamp = readdirSync(dist(), {recursive: true, encoding: "utf8"}).sort();
    const page = workspace.read("src/index.md");
    workspace.write(
      "src/index.md",
      `${page}\n{{lead.c64}} {{label.nobody}}\n\n\`\`\`figure nothing\n\`\`\`\n`
    );
    const {code, stderr} = await workspace.run("build");
    workspace.write("src/index.md", page);
    assert.equal(code, 1);
    assert.match(stderr, /^src\/index\.md: line \d+: unknown fact “lead\.c64”\. Known are lead\.c1, .+\.$/m);
    assert.match(stderr, /^src\/index\.md: line \d+: unknown text .*“label\.nobody”\. .+\.$/m);
    assert.match(stderr, /^src\/index\.md: line \d+: unknown figure “nothing”\. .+\.$/m);
    assert.match(stderr, /^3 faults; nothing was changed\.$/m);
    assert.equal(readFileSync(join(dist(), "index.html"), "utf8"), earlier);
    assert.deepEqual(readdirSync(dist(), {recursive: true, encoding: "utf8"}).sort(), stamp);
  });

  it("that fails on SQL names the file, and leaves dist/ as it was", async () => {
    const earlier = readFileSync(join(dist(), "index.html"), "utf8");
    const sql = workspace.read("src/queries/lead.sql");
    workspace.write("src/queries/lead.sql", sql.replace("FROM speedup", "FROM speed_up"));
    const {code, stderr} = await workspace.run("build");
    workspace.write("src/queries/lead.sql", sql);
    assert.equal(code, 1);
    assert.match(stderr, /^src\/queries\/lead\.sql: lead: .*speed_up.* Correct the query\.$/m);
    assert.equal(readFileSync(join(dist(), "index.html"), "utf8"), earlier);
  });

  it("that fails on several things at once lists what is wrong with each", async () => {
    const files = [
      "data/published/no-mtp.json",
      "src/queries/lead.sql",
      "src/queries/ceiling.sql",
      "loaders/facts/ttft.sql",
      "src/index.md",
      "src/method.md"
    ];
    const before = new Map(files.map((file) => [file, workspace.read(file)]));
    const restore = (file: string) => workspace.write(file, before.get(file) ?? assert.fail());
    workspace.edit("data/published/no-mtp.json", '"values": [68,', '"values": [-68,');
    workspace.edit("src/queries/lead.sql", "FROM speedup", "FROM speed_up");
    workspace.edit("loaders/facts/ttft.sql", /^-- .*\n/, "");
    workspace.write(
      "src/index.md",
      `${before.get("src/index.md")}\n{{nobody.c1}} {{lead.c64}}\n\n\`\`\`figure nothing\n\`\`\`\n`
    );
    workspace.write("src/method.md", `${before.get("src/method.md")}\nIt took 12 s.\n`);
    const lines = async () => {
      const {code, stderr} = await workspace.run("build");
      assert.equal(code, 1);
      return stderr.split("\n").filter((line) => /^(data|loaders|src)\//.test(line));
    };

    const withEvidence = await lines();
    restore("data/published/no-mtp.json");
    workspace.edit("src/queries/ceiling.sql", /;?\s*$/, "\nLIMIT 0\n");
    const withoutEvidence = await lines();
    for (const file of files) restore(file);

    const pages = [
      /^src\/index\.md: line \d+: unknown fact “nobody\.c1”/,
      /^src\/index\.md: line \d+: unknown figure “nothing”/,
      /^src\/method\.md: line \d+: “12” is typed/
    ];
    const queries = [
      /^loaders\/facts\/ttft\.sql: line 1: the first line must ask the question/,
      /^src\/queries\/lead\.sql: lead: .*speed_up/
    ];
    const expected = [
      [withEvidence, [/^data\/published\/no-mtp\.json: rows\[0\]\.values\[0\]: -68/, ...queries, ...pages]],
      [
        withoutEvidence,
        [...queries, /^src\/queries\/ceiling\.sql: ceiling: the query yields no row/, ...pages]
      ]
    ] as const;
    for (const [found, wanted] of expected) {
      for (const fault of wanted)
        assert.ok(
          found.some((line) => fault.test(line)),
          `${fault} is not in\n${found.join("\n")}`
        );
      // What rests on a query at fault is not known to be wrong.
      assert.deepEqual(
        found.filter((line) => line.includes("lead.c")),
        []
      );
    }
    assert.equal(withEvidence.length, 6, withEvidence.join("\n"));
  });

  it("shows a label as exactly its characters in prose, tables, drawings, panel and CSV", async () => {
    workspace.edit("data/series/awq.json", `"label": "${label}"`, `"label": ${JSON.stringify(hostile)}`);
    const {code, stderr} = await workspace.run("build");
    assert.equal(code, 0, stderr);
    const visitor = await makeVisitor(dist());
    try {
      for (const path of ["/", "/quantisation", "/mtp-break-even", "/evidence"]) {
        const {page, context, complaints} = await visitor.visit(path);
        await page.waitForLoadState("networkidle");
        assert.deepEqual(complaints, [], path);
        assert.equal(await page.locator("img").count(), 0, path);
        assert.ok((await page.locator("main").innerText()).includes(hostile), path);
        await context.close();
      }
      const {page, context, complaints} = await visitor.visit("/quantisation");
      assert.ok((await page.locator("h1").innerText()).includes(hostile));
      assert.ok((await page.locator("main thead").first().textContent())?.includes(hostile));
      assert.ok((await page.locator("svg.wide").first().textContent())?.includes(hostile));
      const alt = await page.locator("svg.wide").first().getAttribute("aria-label");
      assert.ok(alt?.includes(hostile));
      await page.locator("main data").filter({visible: true}).first().click();
      await page.locator("dialog [data-recomputed][data-agrees=true]").waitFor({timeout: 60_000});
      assert.equal(await page.locator("dialog img").count(), 0);
      assert.deepEqual(complaints, []);
      await context.close();
    } finally {
      await visitor.close();
    }
    assert.ok(built(".json").includes(JSON.stringify(hostile).slice(1, -1)));
  });
});
