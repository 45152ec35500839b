import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import type MarkdownIt from "markdown-it";
import type {ReportConfiguration} from "../configuration.js";
import {footer, head, header} from "../pages/frame.js";
import {headingSyntax} from "../pages/heading-syntax.js";
import {endWithScript, reportSyntax} from "../pages/markdown.js";
import {engine, paths} from "../paths.js";
import {holdLargeCells} from "./held-cells.js";
import {hashOf} from "./inputs.js";
import {linkPackages} from "./link-packages.js";
import {bringReport} from "./report.js";
import {seedPackages} from "./seed-packages.js";

/**
 * Brings a report up to date and says how Framework renders it.
 * @throws FaultsError naming every fault
 */
export async function configure(report: ReportConfiguration, {isPreview}: {isPreview: boolean}) {
  seedPackages(paths.src);
  linkPackages();
  const {printed, paths: dynamicPaths, inputs} = await bringReport(report, measuredNow());
  throwStaleAway("data", inputs);
  throwStaleAway("duckdb", hashOf([join(engine, "downloads"), paths.packages]));
  const output = process.env.BENCHBOOK_OUTPUT;
  const large = output === undefined ? undefined : holdLargeCells();
  process.once("exit", (code) => {
    if (code === 0 && output !== undefined) large?.fill(output);
  });
  return {
    facts: Object.keys(printed.facts).length,
    claims: Object.keys(printed.claims).length,
    title: report.title,
    root: "src",
    output,
    pages: [...report.pages],
    dynamicPaths: [...dynamicPaths],
    interpreters: {".ts": [process.execPath, "--import", tsx]},
    style: "benchbook/style.css",
    globalStylesheets: [],
    sidebar: false,
    toc: false,
    pager: false,
    search: false,
    typographer: false,
    head: head(report),
    header: ({path}: {path: string}) => header(report, path),
    footer: footer(report.footer),
    markdownIt: (md: MarkdownIt) => {
      reportSyntax(md, isPreview ? {...printed, unmade} : printed, large?.show);
      headingSyntax(md);
      endWithScript(md, isPreview ? `preview ${process.pid}` : undefined);
      return md;
    }
  };
}

/** Framework shows a changed page at once, and again when its cells are made. */
const unmade = {html: "<p>…</p>"};

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/** The live series just measured by the command that runs this build. */
function measuredNow(): string[] {
  return (process.env.BENCHBOOK_MEASURED ?? "").split(",").filter(Boolean);
}

/** Removes the output of a data loader of src/benchbook if its inputs changed, since Framework only compares dates. */
function throwStaleAway(name: string, inputs: string): void {
  const cache = join(paths.src, ".observablehq/cache/benchbook");
  const stamp = join(cache, `${name}.inputs`);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === inputs) return;
  for (const made of [name, `${name}.zip`]) rmSync(join(cache, made), {recursive: true, force: true});
  mkdirSync(dirname(stamp), {recursive: true});
  writeFileSync(stamp, inputs);
}
