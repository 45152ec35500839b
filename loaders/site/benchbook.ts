import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import type MarkdownIt from "markdown-it";
import {FaultsError} from "../errors/faults.js";
import {messageOf} from "../errors/message-of.js";
import {footer, head, header} from "../pages/frame.js";
import {endWithScript, headingSyntax, reportSyntax} from "../pages/markdown.js";
import {engine, paths} from "../paths.js";
import type {ReportConfiguration} from "./configuration.js";
import type {Told} from "./framework.js";
import {hashOf} from "./inputs.js";
import {linkPackages} from "./link-packages.js";
import {bringReport, type Report} from "./report.js";
import {seedPackages} from "./seed-packages.js";
import {watchInputs} from "./watch-inputs.js";

/** Whether Framework previews: it then asks for the configuration again whenever that is touched. */
const isPreview = process.argv.includes("preview");

let current: Report | undefined;

/**
 * The configuration of Observable Framework for a report. It brings the report up to date first, so that
 * `observable build` and `observable preview` are never stale, and sees to it that they ask no network.
 * @throws FaultsError naming every fault; a preview prints them and shows the last good state
 */
export async function benchbook(report: ReportConfiguration) {
  seedPackages(paths.src);
  linkPackages();
  if (isPreview) watchInputs();
  try {
    current = await bringReport(report, measuredNow());
  } catch (error) {
    if (current === undefined) stop(error);
    console.error(messageOf(error));
  }
  const {facts, claims} = current.printed;
  tell({facts: Object.keys(facts).length, claims: Object.keys(claims).length});
  const shown = current;
  throwStaleAway("data", shown.inputs);
  throwStaleAway("duckdb", hashOf([join(engine, "downloads"), paths.packages]));
  return {
    title: report.title,
    root: "src",
    output: process.env.BENCHBOOK_OUTPUT,
    pages: [...report.pages],
    dynamicPaths: [...shown.paths],
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
      reportSyntax(md, () => shown.printed);
      headingSyntax(md);
      endWithScript(md, isPreview ? `preview ${process.pid}` : undefined);
      return md;
    }
  };
}

/** Ends Framework with the faults as they are, one a line, and no trace of the code that found them. */
function stop(error: unknown): never {
  if (!(error instanceof FaultsError)) throw error;
  const {length} = error.faults;
  const fault = length > 1 ? `${error.message}\n${length} faults; nothing was changed.` : error.message;
  if (process.send === undefined) console.error(fault);
  else tell({fault});
  process.exit(1);
}

/** Tells the command that started Framework, if one did. */
function tell(told: Told): void {
  process.send?.(told);
}

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/** The live series that the command which runs this build has measured before. */
function measuredNow(): string[] {
  return (process.env.BENCHBOOK_MEASURED ?? "").split(",").filter(Boolean);
}

/** Removes what a loader of src/benchbook has made from other inputs: Framework looks at dates alone. */
function throwStaleAway(name: string, inputs: string): void {
  const cache = join(paths.src, ".observablehq/cache/benchbook");
  const stamp = join(cache, `${name}.inputs`);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === inputs) return;
  for (const made of [name, `${name}.zip`]) rmSync(join(cache, made), {recursive: true, force: true});
  mkdirSync(dirname(stamp), {recursive: true});
  writeFileSync(stamp, inputs);
}
