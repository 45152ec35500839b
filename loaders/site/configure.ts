import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import type MarkdownIt from "markdown-it";
import type {ReportConfiguration} from "../configuration.js";
import {messageOf} from "../errors/message-of.js";
import {footer, head, header} from "../pages/frame.js";
import {headingSyntax} from "../pages/heading-syntax.js";
import {endWithScript, reportSyntax} from "../pages/markdown.js";
import {engine, paths} from "../paths.js";
import {holdLargeCells} from "./held-cells.js";
import {hashOf} from "./inputs.js";
import {linkPackages} from "./link-packages.js";
import {bringReport} from "./report.js";
import {seedPackages} from "./seed-packages.js";
import {touchConfiguration} from "./touch-configuration.js";

/** What a preview asks for. */
interface Preview {
  /** The page whose cells are made before all others. */
  first: string | undefined;
  /** Called with each page that is rendered. */
  onPage(page: string): void;
}

/** The page that a browser shows is rendered before the cells of other pages are made. */
const LATER_MS = 500;

/**
 * Brings a report up to date and says how Framework renders it.
 * @throws FaultsError naming every fault
 */
export async function configure(report: ReportConfiguration, preview?: Preview) {
  seedPackages(paths.src);
  linkPackages();
  const measured = measuredNow();
  const {
    printed,
    paths: dynamicPaths,
    inputs,
    rest
  } = await bringReport(report, {measured, first: preview?.first});
  let isAwaited = false;
  const unmade = () => {
    isAwaited = true;
    return {html: "<p>…</p>"};
  };
  if (rest !== undefined)
    setTimeout(() => {
      rest().then(
        () => isAwaited && touchConfiguration(),
        (error) => console.error(messageOf(error))
      );
    }, LATER_MS);
  throwStaleAway("data", inputs);
  throwStaleAway("duckdb", hashOf([join(engine, "downloads"), paths.packages]));
  const output = process.env.BENCHBOOK_OUTPUT;
  const large = output === undefined ? undefined : holdLargeCells();
  if (output !== undefined)
    process.once("exit", (code) => {
      if (code === 0) large?.fill(output);
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
      if (preview === undefined) reportSyntax(md, printed, {show: large?.show});
      else reportSyntax(md, {...printed, unmade}, {onPage: preview.onPage});
      headingSyntax(md);
      endWithScript(md, preview === undefined ? undefined : `preview ${process.pid}`);
      return md;
    }
  };
}

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
