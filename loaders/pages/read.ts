import {readdirSync, readFileSync, statSync} from "node:fs";
import {basename, join} from "node:path";
import {paths} from "../paths.js";
import {type Report, report} from "./report.js";

let read: {mtimeMs: number; value: Report} | undefined;

/** The report as last made; read again only when it was made anew. */
export function readReport(): Report {
  const {mtimeMs} = statSync(paths.report);
  if (read?.mtimeMs !== mtimeMs) {
    read = {mtimeMs, value: report.parse(JSON.parse(readFileSync(paths.report, "utf8")))};
  }
  return read.value;
}

/** The source of every page that is written by hand, by its name. */
export function readPages(): Map<string, string> {
  const names = readdirSync(paths.src).filter((name) => name.endsWith(".md"));
  return new Map(names.map((name) => [basename(name, ".md"), readFileSync(join(paths.src, name), "utf8")]));
}
