import type {PageLink, ReportConfiguration} from "../configuration.js";
import {attributes, html} from "../html/html.js";

const policy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self' blob: data:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'self'",
  "form-action 'none'"
].join("; ");

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 14V8h3v6zm4.5 0V2h3v12zM11 14V5h3v9z' fill='%230b6e99'/%3E%3C/svg%3E";

/**
 * The head of every page. Framework neither states the language nor lets pages be zoomed. The second `viewport`
 * overrides Framework's; the script removes Framework's for browsers that heed the first one.
 */
export function head({palette = {}}: Pick<ReportConfiguration, "palette">): string {
  return `<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta http-equiv="content-language" content="en">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${icon}">
<script>document.documentElement.lang = "en"; document.querySelector("[name=viewport]").remove()</script>
<style>${paletteCss(palette)}</style>`;
}

/** The colours of series as custom properties; print uses the light ones. */
function paletteCss(palette: NonNullable<ReportConfiguration["palette"]>): string {
  const rules = (scheme: "light" | "dark") =>
    Object.entries(palette)
      .map(([id, colors]) => `--series-${id}:${colors[scheme]}`)
      .join(";");
  return `:root{${rules("light")}}@media screen and (prefers-color-scheme:dark){:root{${rules("dark")}}}`;
}

/**
 * The header of every page: a link to its text, and the navigation.
 * @param path of this page
 */
export function header({title, pages}: {title: string; pages: readonly PageLink[]}, path: string): string {
  const current = (other: string) => attributes({"aria-current": other === path ? "page" : undefined});
  const items = pages.map(
    ({name, path: other}) => html`<li><a href="${other}"${current(other)}>${name}</a></li>`
  );
  const bar = html`<a class="skip" href="#text">Skip to the text</a>
<nav aria-label="Pages"><a class="home" href="/"${current("/index")}>${title}</a><ul>${items}</ul></nav>
<span id="text"></span>`;
  return String(bar);
}

/** The footer of every page: what its numbers are, and what the report adds. */
export function footer(own = ""): string {
  return `<p>Every measured or computed number is a query. With JavaScript, click one to see its SQL and have it recomputed here.
✓ links to the test of that sentence.
${own}</p>`;
}
