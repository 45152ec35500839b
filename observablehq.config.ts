import {footer, head, header} from "./loaders/pages/frame.js";
import {endWithScript, reportSyntax} from "./loaders/pages/markdown.js";
import {readReport} from "./loaders/pages/read.js";
import {pages} from "./loaders/pages/site.js";

/** Set by `npm run build`, which frames and fills the pages afterwards. */
const output = process.env.BENCHBOOK_OUTPUT;
const isBuild = output !== undefined;

export default {
  title: "Benchbook",
  root: "src",
  output,
  pages,
  style: "benchbook/style.css",
  globalStylesheets: [],
  sidebar: false,
  toc: false,
  pager: false,
  search: false,
  typographer: false,
  head: isBuild ? null : head,
  header: isBuild ? null : ({path}: {path: string}) => header(path),
  footer: isBuild ? null : footer(),
  markdownIt: (md: Parameters<typeof reportSyntax>[0]) => {
    reportSyntax(md, readReport, {later: isBuild});
    endWithScript(md, isBuild ? undefined : `preview ${process.pid}`);
    return md;
  }
};
