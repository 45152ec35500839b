import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fillPage} from "./markdown.js";
import type {Report} from "./report.js";

/**
 * Fills in drawings and tables, and what Framework cannot be configured to write: the language, a page
 * that may be zoomed, and no link to itself around a heading that is a link already.
 */
export function finishPages(folder: string, report: Report): void {
  for (const name of readdirSync(folder, {recursive: true, encoding: "utf8"})) {
    if (!name.endsWith(".html")) continue;
    const file = join(folder, name);
    writeFileSync(file, fillPage(finishPage(readFileSync(file, "utf8")), report));
  }
}

export function finishPage(html: string): string {
  return html
    .replace("<html>", '<html lang="en">')
    .replace(", maximum-scale=1", "")
    .replace(/<a class="observablehq-header-anchor" href="[^"]*">(<a .*?<\/a>)<\/a>/g, "$1");
}
