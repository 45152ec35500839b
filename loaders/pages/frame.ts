import {pages} from "./site.js";

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

/** What every page says of itself before its text. */
export const head = `<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${icon}">`;

/**
 * What stands above every page: a link to its text, and the way to the others.
 * @param path the page it stands above
 * @param home how the links lead to the front page
 */
export function header(path: string, home = "/"): string {
  const items = pages.map(({name, path: other}) => {
    const current = other === path ? ' aria-current="page"' : "";
    return `<li><a href="${home}${other.slice(1)}"${current}>${name}</a></li>`;
  });
  const current = path === "/index" ? ' aria-current="page"' : "";
  return `<a class="skip" href="#observablehq-main">Skip to the text</a>
<nav aria-label="Pages"><a class="home" href="${home}"${current}>Benchbook</a><ul>${items.join("")}</ul></nav>`;
}

/**
 * What stands below every page.
 * @param home how the links lead to the front page
 */
export function footer(home = "/"): string {
  return `<p>Every measured or computed number is a query. With JavaScript, click one to see its SQL and have it recomputed here.
✓ links to the test of that sentence.
<a href="${home}facts">All facts</a> · <a href="${home}evidence">the evidence</a> · <a href="${home}method">method and sources</a>.</p>`;
}
