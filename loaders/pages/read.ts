import {readFileSync, statSync} from "node:fs";
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
