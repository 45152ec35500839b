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
import {brotliCompressSync} from "node:zlib";
import type {Response} from "playwright-core";
import {seedFramework} from "../../loaders/cli/framework.js";
import {makeVisitor, type Visitor} from "../support/browser.js";
import {builtSite, makeWorkspace, root, type Workspace} from "../support/workspace.js";

/** A line of the benchmark: what was measured against its budget and its reference. */
export interface Row {
  name: string;
  measured: number;
  unit: string;
  /** What the same costs without Benchbook, measured in the same run; null where nothing compares. */
  reference: number | null;
  /** Measured over reference. */
  ratio: number | null;
  budget: number | null;
  holds: boolean;
}

const findings = ["/quantisation", "/mtp-break-even", "/ceiling"];
const WAIT = {timeout: 120_000};
const REPEATS = 3;

/** Measures every line of “Speed and size” on the built site. */
export async function measureSite(say: (text: string) => void): Promise<Row[]> {
  say("building the references …");
  const reference = makeReference();
  const [site, plain] = await Promise.all([makeVisitor(builtSite()), makeVisitor(join(reference, "dist"))]);
  try {
    say("weights and paint …");
    const rows = [...(await weights(site, plain)), ...(await paints(site, plain))];
    say("recomputing …");
    rows.push(...(await recomputing(site)), largestFile());
    await Promise.all([site.close(), plain.close()]);
    say("building …");
    return [...rows, ...(await builds())];
  } finally {
    rmSync(reference, {recursive: true, force: true});
  }
}

function row(
  name: string,
  measured: number,
  unit: string,
  {reference = null, budget = null}: {reference?: number | null; budget?: number | null}
): Row {
  const ratio = reference === null || reference === 0 ? null : measured / reference;
  return {name, measured, unit, reference, ratio, budget, holds: budget === null || measured <= budget};
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
  seedFramework(join(folder, "src"));
  const start = performance.now();
  const {status, stderr} = spawnSync(
    process.execPath,
    ["--import", "tsx", "node_modules/@observablehq/framework/dist/bin/observable.js", "build"],
    {cwd: folder, env: {...process.env, OBSERVABLE_TELEMETRY_DISABLE: "1"}, encoding: "utf8"}
  );
  if (status !== 0) throw new Error(`The reference could not be built.\n${stderr}`);
  return (performance.now() - start) / 1000;
}

/** Bytes of a page before any gesture, under brotli, as kB: all, and of that the scripts. */
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
      row(`${path}, all`, all, "kB brotli", {reference: plainProse.all, budget: 60}),
      row(`${path}, script`, script, "kB brotli", {reference: plainProse.script, budget: 35})
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
  /** Whether text and figures were there when the parser was done, before any script ran. */
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
  const reference = await median(async () => (await paint(plain, "/chart")).ms);
  const all = await Promise.all(findings.map((path) => paint(site, path)));
  const ms = await median(async () => (await paint(site, "/quantisation")).ms);
  return [
    row("first paint, against a page with a Plot chart", ms, "ms", {reference}),
    row("pages whose first paint lacks text or figures", all.filter(({complete}) => !complete).length, "", {
      budget: 0
    }),
    row("largest layout shift", Math.max(...all.map(({shift}) => shift)), "", {budget: 0})
  ];
}

/** From the gesture to agreement, cold: each time in a browser context that knows nothing. */
async function recomputing(site: Visitor): Promise<Row[]> {
  let bytes = 0;
  const one = await median(async () => {
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
  const all = await median(async () => {
    const {page, context} = await site.visit("/facts");
    await page.waitForLoadState("networkidle");
    const start = performance.now();
    await page.getByRole("button", {name: "Recompute all"}).click();
    await page.getByText(/(\d+) of \1 facts agree; the queries took/).waitFor(WAIT);
    const seconds = (performance.now() - start) / 1000;
    await context.close();
    return seconds;
  });
  return [
    row("recompute one fact, cold", one, "s", {budget: 1.5}),
    row("recompute all facts, cold", all, "s", {budget: 3}),
    row("recompute downloads, as served", bytes / 1e6, "MB", {budget: 8})
  ];
}

function largestFile(): Row {
  const folder = builtSite();
  const sizes = readdirSync(folder, {recursive: true, encoding: "utf8"}).map(
    (name) => statSync(join(folder, name)).size
  );
  return row("largest file of dist/", Math.max(...sizes) / 2 ** 20, "MiB", {budget: 25});
}

/** Builds with no cache but the packages, and again when only prose changed; against Framework alone. */
async function builds(): Promise<Row[]> {
  const workspace = makeWorkspace();
  try {
    for (const cache of ["src/.observablehq", "src/generated", ".benchbook"]) {
      rmSync(workspace.path(cache), {recursive: true, force: true});
    }
    const cold = await timeBuild(workspace);
    const warm = await median(async (i) => {
      workspace.edit("src/method.md", "# Method", `# Method ${"again ".repeat(i)}`.trimEnd());
      return timeBuild(workspace);
    });
    const typed = typePages(workspace);
    const reference = buildWithFramework(typed);
    const referenceWarm = await median(async () => buildWithFramework(typed));
    return [
      row("build, cold", cold, "s", {reference, budget: 15}),
      row("build, prose changed", warm, "s", {reference: referenceWarm, budget: 5})
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

/** The same pages as a project in which all that Benchbook fills in is typed. */
function typePages(workspace: Workspace): string {
  const folder = workspace.path("typed");
  mkdirSync(join(folder, "src"), {recursive: true});
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  writeFileSync(
    join(folder, "observablehq.config.js"),
    'export default {root: "src", title: "Typed", style: "style.css", globalStylesheets: []};\n'
  );
  writeFileSync(join(folder, "src/style.css"), workspace.read("src/style.css"));
  for (const name of readdirSync(workspace.path("dist")).filter((file) => file.endsWith(".html"))) {
    const html = readFileSync(workspace.path(`dist/${name}`), "utf8");
    const main = /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? "";
    const typed = main.replace(/(?:href|src)="\.\/_[^"]*"/g, "").replace(/\n\s*\n/g, "\n");
    writeFileSync(join(folder, "src", name.replace(".html", ".md")), `<div>\n${typed}\n</div>\n`);
  }
  return folder;
}

async function median(measure: (i: number) => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let i = 0; i < REPEATS; i += 1) values.push(await measure(i + 1));
  return values.sort((a, b) => a - b)[Math.floor(REPEATS / 2)] ?? Number.NaN;
}
