import {spawnSync} from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {brotliCompressSync} from "node:zlib";
import type {Response} from "playwright-core";
import {quantile} from "../../loaders/bench/tools/quantile.js";
import {readPageQueries} from "../../loaders/pages/page-queries.js";
import {readMarkdown} from "../../loaders/pages/page-source.js";
import {paths} from "../../loaders/paths.js";
import {compute} from "../../loaders/site/compute.js";
import {readData} from "../../loaders/site/read-data.js";
import {seedPackages} from "../../loaders/site/seed-packages.js";
import {makeVisitor, type Visitor} from "../support/browser.js";
import {startDev} from "../support/dev.js";
import {builtSite, makeWorkspace, root, type Workspace} from "../support/workspace.js";
import {median, type Row, row} from "./row.js";

const findings = ["/quantisation", "/mtp-break-even", "/ceiling"];
const WAIT = {timeout: 120_000};
const REPEATS = 3;
const REST_MS = 6000;

/** Measures every row about the site in docs/performance.md. */
export async function measureSite(say: (text: string) => void): Promise<Row[]> {
  say("building the references …");
  const reference = makeReference();
  const [site, plain] = await Promise.all([makeVisitor(builtSite()), makeVisitor(join(reference, "dist"))]);
  try {
    say("weights and paint …");
    const rows = [...(await weights(site, plain)), ...(await paints(site, plain))];
    say("explorables …");
    rows.push(...(await explorable(site, "/ceiling")), ...(await explorable(site, "/mtp-break-even")));
    say("recomputing …");
    rows.push(...(await recomputing(site)), largestFile());
    await Promise.all([site.close(), plain.close()]);
    say("building …");
    rows.push(...(await builds()));
    say("previewing …");
    return [...rows, ...(await previews())];
  } finally {
    rmSync(reference, {recursive: true, force: true});
  }
}

const prose = "# Title\n\nSome prose, and no more than that.\n";
const chart = `${prose}
\`\`\`js
import * as Plot from "@observablehq/plot";
display(Plot.plot({marks: [Plot.lineY([48, 62, 118, 203])]}));
\`\`\`
`;

/** Framework’s own prose page, and its page with one chart of Plot. */
function makeReference(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "benchbook-reference-")));
  mkdirSync(join(folder, "src"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  writeFileSync(
    join(folder, "observablehq.config.js"),
    'export default {root: "src", title: "Reference", globalStylesheets: [], pages: []};\n'
  );
  writeFileSync(join(folder, "src/index.md"), prose);
  writeFileSync(join(folder, "src/chart.md"), chart);
  buildWithFramework(folder);
  return folder;
}

/** `observable build`, in seconds. */
function buildWithFramework(folder: string): number {
  seedPackages(join(folder, "src"));
  const start = performance.now();
  const {status, stderr} = spawnSync(
    process.execPath,
    ["node_modules/@observablehq/framework/dist/bin/observable.js", "build"],
    {cwd: folder, env: {...process.env, OBSERVABLE_TELEMETRY_DISABLE: "1"}, encoding: "utf8"}
  );
  if (status !== 0) throw new Error(`The reference could not be built.\n${stderr}`);
  return (performance.now() - start) / 1000;
}

/** kB of a page before any gesture, under brotli: in all, and of its scripts. */
async function weigh(visitor: Visitor, path: string): Promise<{all: number; script: number}> {
  const responses: Response[] = [];
  const {page, context} = await visitor.visit("/404-of-nothing", {serviceWorkers: "block"});
  page.on("response", (response) => responses.push(response));
  await page.goto(new URL(path, visitor.url).href, {waitUntil: "networkidle"});
  let [all, script] = [0, 0];
  for (const response of responses) {
    if (!response.url().startsWith(visitor.url)) continue;
    const {length} = brotliCompressSync(await response.body());
    all += length;
    if (new URL(response.url()).pathname.endsWith(".js")) script += length;
  }
  await context.close();
  return {all: all / 1000, script: script / 1000};
}

async function weights(site: Visitor, plain: Visitor): Promise<Row[]> {
  const [plainProse, plainChart] = [await weigh(plain, "/"), await weigh(plain, "/chart")];
  const rows: Row[] = [];
  for (const path of findings) {
    const {all, script} = await weigh(site, path);
    rows.push(
      row(`${path}, all`, all, "kB brotli", {reference: plainProse.all, atMost: 60}),
      row(`${path}, script`, script, "kB brotli", {reference: plainProse.script, atMost: 35})
    );
  }
  const heaviest = Math.max(...rows.filter(({name}) => name.endsWith("all")).map(({measured}) => measured));
  return [
    ...rows,
    row("heaviest page against one with a Plot chart", heaviest, "kB brotli", {reference: plainChart.all})
  ];
}

interface Paint {
  ms: number;
  shift: number;
  /** Whether text and figures were there when parsing ended, before any script ran. */
  complete: boolean;
}

async function paint(visitor: Visitor, path: string): Promise<Paint> {
  const off = await visitor.visit(path, {javaScriptEnabled: false});
  const [text, drawings] = [
    (await off.page.locator("main").innerText()).length,
    await off.page.locator("main svg").count()
  ];
  await off.context.close();
  const {page, context} = await visitor.visit(path);
  await page.waitForLoadState("networkidle");
  const measured = await page.evaluate(
    () =>
      new Promise<{ms: number; shift: number}>((resolve) => {
        let shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shift += "value" in entry ? Number(entry.value) : 0;
        }).observe({type: "layout-shift", buffered: true});
        const ms = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
        setTimeout(() => resolve({ms, shift}), 200);
      })
  );
  const complete =
    text === (await page.locator("main").innerText()).length &&
    drawings === (await page.locator("main svg").count());
  await context.close();
  return {...measured, complete};
}

async function paints(site: Visitor, plain: Visitor): Promise<Row[]> {
  const reference = await median(REPEATS, async () => (await paint(plain, "/chart")).ms);
  const all = await Promise.all(findings.map((path) => paint(site, path)));
  const ms = await median(REPEATS, async () => (await paint(site, "/quantisation")).ms);
  return [
    row("first paint, against a page with a Plot chart", ms, "ms", {reference}),
    row("pages whose first paint lacks text or figures", all.filter(({complete}) => !complete).length, "", {
      atMost: 0
    }),
    row("largest layout shift", Math.max(...all.map(({shift}) => shift)), "", {atMost: 0})
  ];
}

/** What an explorable loads when it comes into view, and how long it takes to redraw for its sliders. */
async function explorable(site: Visitor, path: string): Promise<Row[]> {
  const {page, context} = await site.visit(path);
  await page.waitForLoadState("networkidle");
  const responses: Response[] = [];
  page.on("response", (response) => responses.push(response));
  await page.locator("[data-explorable]").scrollIntoViewIfNeeded();
  await page.locator("[data-explorable] input[type=range]").first().waitFor(WAIT);
  await page.waitForLoadState("networkidle");
  const bodies = await Promise.all(responses.map((response) => response.body()));
  const bytes = bodies.reduce((sum, body) => sum + brotliCompressSync(body).length, 0);
  const redraws = await page.evaluate(() => {
    const times: number[] = [];
    for (const input of document.querySelectorAll<HTMLInputElement>("[data-explorable] input[type=range]")) {
      const [min, max] = [Number(input.min), Number(input.max)];
      for (let i = 0; i <= 20; i += 1) {
        const start = performance.now();
        input.value = String(min + ((max - min) * i) / 20);
        input.dispatchEvent(new Event("input", {bubbles: true}));
        input.closest("[data-explorable]")?.getBoundingClientRect();
        times.push(performance.now() - start);
      }
    }
    return times.sort((a, b) => a - b);
  });
  await context.close();
  return [
    row(`${path}, explorable, more to load`, bytes / 1000, "kB brotli", {atMost: 110}),
    row(`${path}, redraw by a slider, median`, quantile(redraws, 0.5), "ms", {atMost: 16}),
    row(`${path}, redraw by a slider, p95`, quantile(redraws, 0.95), "ms", {atMost: 50})
  ];
}

/** From the gesture to agreement, cold: each time in a new browser context. */
async function recomputing(site: Visitor): Promise<Row[]> {
  let bytes = 0;
  const one = await median(REPEATS, async () => {
    const {page, context} = await site.visit("/quantisation");
    await page.waitForLoadState("networkidle");
    const downloads: Promise<number>[] = [];
    page.on("response", (response) => {
      if (response.url().startsWith(site.url))
        downloads.push(response.headerValue("content-length").then(Number));
    });
    const number = page.locator('main data[data-fact="lead.c2"]').filter({visible: true}).first();
    await number.scrollIntoViewIfNeeded();
    const start = performance.now();
    await number.click();
    await page.locator('dialog [data-recomputed="lead.c2"][data-agrees="true"]').waitFor(WAIT);
    const seconds = (performance.now() - start) / 1000;
    bytes = (await Promise.all(downloads)).reduce((sum, length) => sum + length, 0);
    await context.close();
    return seconds;
  });
  const all = await median(REPEATS, async () => {
    const {page, context} = await site.visit("/facts");
    await page.waitForLoadState("networkidle");
    const start = performance.now();
    await page.getByRole("button", {name: "Recompute all"}).click();
    await page
      .locator("[data-recompute-status]", {hasText: /(\d+) of \1 facts agree; the queries took/})
      .waitFor(WAIT);
    const seconds = (performance.now() - start) / 1000;
    await context.close();
    return seconds;
  });
  return [
    row("recompute one fact, cold", one, "s", {atMost: 1.5}),
    row("recompute all facts, cold", all, "s", {atMost: 3}),
    row("recompute downloads, as served", bytes / 1e6, "MB", {atMost: 8})
  ];
}

function largestFile(): Row {
  const folder = builtSite();
  const sizes = readdirSync(folder, {recursive: true, encoding: "utf8"}).map(
    (name) => statSync(join(folder, name)).size
  );
  return row("largest file of dist/", Math.max(...sizes) / 2 ** 20, "MiB", {atMost: 25});
}

/** Builds with no cache except the packages, and again after a change of prose only; against Framework alone. */
async function builds(): Promise<Row[]> {
  const workspace = makeWorkspace(root, {ownEngine: true});
  try {
    for (const cache of ["src/.observablehq", "src/benchbook", ".benchbook"]) {
      rmSync(workspace.path(cache), {recursive: true, force: true});
    }
    const cold = await timeBuild(workspace);
    const warm = await median(REPEATS, async (run) => {
      workspace.edit("src/method.md", "# Method", `# Method ${"again ".repeat(run + 1)}`.trimEnd());
      return timeBuild(workspace);
    });
    const typed = typePages(workspace);
    const reference = buildWithFramework(typed);
    const referenceWarm = await median(REPEATS, async () => buildWithFramework(typed));
    return [
      row("analysis within a build", await median(REPEATS, analyse), "s", {atMost: 3}),
      row("build, cold", cold, "s", {reference, atMost: 15}),
      row("build, prose changed", warm, "s", {reference: referenceWarm, atMost: 5})
    ];
  } finally {
    workspace.remove();
  }
}

async function timeBuild(workspace: Workspace): Promise<number> {
  const start = performance.now();
  const {code, stderr} = await workspace.run("build", [], {
    BENCHBOOK_CACHE: workspace.path(".benchbook/cache")
  });
  if (code !== 0) throw new Error(stderr);
  return (performance.now() - start) / 1000;
}

/** The same pages in a project where everything that Benchbook fills in is typed. */
function typePages(workspace: Workspace): string {
  const folder = workspace.path("typed");
  mkdirSync(join(folder, "src"), {recursive: true});
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  writeFileSync(
    join(folder, "observablehq.config.js"),
    'export default {root: "src", title: "Typed", style: "style.css", globalStylesheets: []};\n'
  );
  writeFileSync(join(folder, "src/style.css"), workspace.read("engine/loaders/src/benchbook/style.css"));
  for (const name of readdirSync(workspace.path("dist")).filter((file) => file.endsWith(".html"))) {
    const html = readFileSync(workspace.path(`dist/${name}`), "utf8");
    const main = /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? "";
    const typed = main.replace(/(?:href|src)="\.\/_[^"]*"/g, "").replace(/\n\s*\n/g, "\n");
    writeFileSync(join(folder, "src", name.replace(".html", ".md")), `<div>\n${typed}\n</div>\n`);
  }
  return folder;
}

/** Seconds to compute what comes before drawing pages: warehouse, facts and claims. */
async function analyse(): Promise<number> {
  const {evidence, results} = await readData(paths.data);
  const extra = readPageQueries(readMarkdown(paths.src));
  const start = performance.now();
  const {warehouse} = await compute(evidence, results, {extra});
  const seconds = (performance.now() - start) / 1000;
  warehouse.close();
  return seconds;
}

/** From saving a file to the preview showing it unprompted, starting idle. */
async function previews(): Promise<Row[]> {
  const workspace = makeWorkspace(root, {ownEngine: true});
  const fact = 'main data[data-fact="lead.c4"]';
  const dev = await startDev(workspace, "/quantisation", fact, "dev");
  const text = "figure svg.wide text";
  const changes: [what: string, file: string, from: string, to: string, selector: string, shown: RegExp][] = [
    ["evidence", "data/series/awq.json", '"label": "AWQ"', '"label": "AWQ renamed"', "h1", /AWQ renamed/],
    ["SQL", "src/queries/lead.sql", "format: +.0%", "format: +.2%", fact, /\+58\.47/],
    ["engine", "engine/loaders/src/benchbook/format.ts", 'signed ? "+"', 'signed ? "plus "', fact, /plus 58/],
    ["chart", "engine/loaders/charts/change.ts", "label: `", "label: `Changed ", text, /Changed Lead/],
    ["cell", "src/quantisation.md", "System throughput (tok/s)", "Changed axis", text, /Changed axis/],
    ["page", "src/quantisation.md", "## The lead\n", "## The changed lead\n", "h2", /The changed lead/]
  ];
  try {
    const rows: Row[] = [];
    for (const [what, file, from, to, selector, shown] of changes) {
      await sleep(REST_MS);
      const seconds = await dev.shows(() => workspace.edit(file, from, to), selector, shown);
      rows.push(row(`preview, ${what} changed`, seconds, "s", {atMost: 2}));
    }
    return rows;
  } finally {
    await dev.stop();
    workspace.remove();
  }
}
