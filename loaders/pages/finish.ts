import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {footer, head, header} from "./frame.js";
import {fillPage} from "./markdown.js";
import type {Report} from "./report.js";

/**
 * Fills in drawings and tables, what every page starts and ends with, and what Framework cannot be
 * configured to write: the language, a page that may be zoomed, no link to itself around a heading that
 * is a link already, and names that are not broken in a title.
 */
export function finishPages(folder: string, report: Report): void {
  for (const name of readdirSync(folder, {recursive: true, encoding: "utf8"})) {
    if (!name.endsWith(".html")) continue;
    const file = join(folder, name);
    const page = framePage(finishPage(readFileSync(file, "utf8")), `/${name.replace(/\.html$/, "")}`);
    writeFileSync(file, fillPage(page, report));
  }
}

/** Puts head, header and footer around the text of a page, with links that work wherever the site is put. */
export function framePage(html: string, path: string): string {
  const home = "../".repeat(path.split("/").length - 2) || "./";
  return html
    .replace(/(?<=<meta charset="utf-8">)/, () => `\n${head}`)
    .replace("<main ", () => `<header id="observablehq-header">\n${header(path, home)}\n</header>\n<main `)
    .replace(
      "</main>",
      () => `</main>\n<footer id="observablehq-footer">\n<div>${footer(home)}</div>\n</footer>`
    );
}

export function finishPage(html: string): string {
  return html
    .replace("<html>", '<html lang="en">')
    .replace(", maximum-scale=1", "")
    .replace(/<a class="observablehq-header-anchor" href="[^"]*">(<a .*?<\/a>)<\/a>/g, "$1")
    .replace(/<h1[ >].*?<\/h1>/gs, unbroken);
}

/** Keeps words with a hyphen in one line: “GLM-4.7” is a name. */
function unbroken(heading: string): string {
  return heading.replace(/(?<=[>\s])[\w.]+-[\w.-]+(?=[<\s,])/g, '<span class="unbroken">$&</span>');
}
