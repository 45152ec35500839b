import {reportSyntax} from "./loaders/pages/markdown.js";
import {readReport} from "./loaders/pages/read.js";
import {pages} from "./loaders/pages/site.js";

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

/** Set by `npm run build`, which fills the pages afterwards. */
const output = process.env.BENCHBOOK_OUTPUT;

export default {
  title: "Benchbook",
  root: "src",
  output,
  pages,
  style: "style.css",
  globalStylesheets: [],
  sidebar: false,
  toc: false,
  pager: false,
  search: false,
  typographer: false,
  head: `<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${icon}">
<script type="module" src="/components/main.js"></script>`,
  header: `<a class="skip" href="#observablehq-main">Skip to the text</a>
<nav aria-label="Pages"><a class="home" href="/">Benchbook</a><ul>${pages
    .map(({name, path}) => `<li><a href="${path}">${name}</a></li>`)
    .join("")}</ul></nav>`,
  footer: `<p>Every underlined number is a query: activate it to see its SQL and have it recomputed here.
<a href="/facts">All facts</a> · <a href="/evidence">the evidence</a> · <a href="/method">method and sources</a>.</p>`,
  markdownIt: (md: Parameters<typeof reportSyntax>[0]) => {
    reportSyntax(md, readReport, {later: output !== undefined});
    return md;
  }
};
