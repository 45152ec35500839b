import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";

/**
 * What Framework cannot be configured to write: the language, a page that may be zoomed, and no link to
 * itself around a heading that is a link already.
 */
export function finishPages(folder: string): void {
  for (const name of readdirSync(folder, {recursive: true, encoding: "utf8"})) {
    if (!name.endsWith(".html")) continue;
    const file = join(folder, name);
    writeFileSync(file, finishPage(readFileSync(file, "utf8")));
  }
}

export function finishPage(html: string): string {
  return html
    .replace("<html>", '<html lang="en">')
    .replace(", maximum-scale=1", "")
    .replace(/<a class="observablehq-header-anchor" href="[^"]*">(<a .*?<\/a>)<\/a>/g, "$1");
}
