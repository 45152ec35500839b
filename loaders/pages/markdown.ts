import type MarkdownIt from "markdown-it";
import {cellsOf, hasHoles, keyOf, MADE_KINDS, partsOf} from "../cells/cell.js";
import {Html, html, joined} from "../html/html.js";
import type {MadeCell, Printed} from "../html/printed.js";
import {claimHtml, known, referenceHtml} from "../html/reference-html.js";
import {pieces} from "../references.js";
import {type Token, withoutEmptySections} from "./empty-sections.js";
import {fillParams} from "./page-source.js";

// The syntax of the pages:
//   {{lead.c8}}            a fact
//   {{lead.c8 interval}}   its interval
//   {{label.fp8}}          a name, setting or title from the evidence
//   {{source.vllm}}        a link to a source
//   {{claim.lead_c8}}      a claim, with its verdict and a link to the ledger
// and the cells that loaders/cells/cell.ts lists.

/** What Framework passes to markdown-it along with a page's text. */
interface PageEnvironment {
  path?: string;
  params?: Record<string, string>;
}

/** Prints the HTML of a cell, or a placeholder until the page is finished. */
export type Show = (cell: string) => string;

/**
 * Teaches markdown-it the syntax above. Unknown names throw, but a build reports them all beforehand.
 */
export function reportSyntax(
  md: MarkdownIt,
  printed: Printed,
  {
    show = String,
    onPage = () => {}
  }: {show?: Show | undefined; onPage?: ((page: string) => void) | undefined} = {}
): void {
  let page = "";
  const cellOf = (kind: string, name: string, body: string) =>
    cellIn(printed, keyOf({kind, name, body, page}));

  md.core.ruler.before("normalize", "report", (state) => {
    if (state.inlineMode) return;
    const {path = "", params = {}}: PageEnvironment = state.env ?? {};
    page = path.replace(/^\//, "");
    onPage(page);
    state.src = withProse(fillParams(state.src, params), page, printed);
  });

  md.core.ruler.push("empty sections", (state) => {
    if (state.inlineMode) return;
    state.tokens = withoutEmptySections(state.tokens, ({info, content}) => {
      const [kind = "", name = ""] = info.trim().split(/\s+/);
      return kind === "sql"
        ? name !== ""
        : MADE_KINDS.includes(kind) && cellOf(kind, name, content).html === "";
    });
  });

  md.inline.ruler.before("escape", "reference", (state, silent) => {
    if (!state.src.startsWith("{{", state.pos)) return false;
    const [piece] = pieces(state.src.slice(state.pos));
    if (piece?.kind !== "reference") return false;
    const {source, reference} = piece;
    if (!silent) {
      if (reference.kind === "text") {
        state.push("text", "", 0).content = known(printed.texts, reference.name);
      } else {
        const shown =
          reference.kind === "claim"
            ? claimHtml(printed, reference.id, home(page))
            : referenceHtml(reference, printed);
        state.push("html_inline", "", 0).content = String(shown);
      }
    }
    state.pos += source.length;
    return true;
  });

  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const {info = "", content = ""} = token ?? {};
    const [kind = "", name = ""] = info.trim().split(/\s+/);
    if (kind === "sql" && name !== "") return "";
    if (kind === "claims") return String(claimsHtml(printed, content, home(page)));
    if (MADE_KINDS.includes(kind)) {
      const cell = cellOf(kind, name, content);
      const own = partsOf(content).caption;
      const caption = hasHoles(own) ? (cell.caption ?? "") : own;
      const words =
        caption !== "" && html`<figcaption>${new Html(md.renderInline(caption, env))}</figcaption>\n`;
      return cell.html === ""
        ? ""
        : String(cellHtml(kind, name, cell, words, tableAfter(tokens, index), show));
    }
    // Framework runs the code of every language it knows. Only `js` is meant to run, unless it says run=false.
    if (token !== undefined && kind !== "" && kind !== "js") token.info = `${kind} run=false`;
    return fence?.(tokens, index, options, env, self) ?? "";
  };
}

/** A list of the claims with these ids. */
function claimsHtml(printed: Printed, ids: string, root: string): Html {
  const items = ids
    .trim()
    .split(/\s+/)
    .map((id) => html`<li>${claimHtml(printed, id, root)}</li>`);
  return html`<ul class="claims">\n${joined(items, "\n")}\n</ul>\n`;
}

/** A cell with its caption. */
function cellHtml(
  kind: string,
  name: string,
  cell: MadeCell,
  caption: Html | false,
  after: string | undefined,
  show: Show
): Html {
  const shown = new Html(show(cell.html));
  if (kind === "table")
    return html`<figure class="table" id="table-${name}">\n${caption}${shown}\n</figure>\n`;
  if (kind === "explorable")
    return html`<figure class="explorable" id="explorable-${name}" data-explorable="${name}">\n${caption}<p class="needs-script">Its inputs need JavaScript; this is their start.</p>\n${shown}\n</figure>\n`;
  const twin =
    cell.table !== undefined && after === cell.table
      ? html`<p class="twin"><a href="#table-${cell.table}">The same as a table, below</a></p>`
      : html`<details><summary>The same as a table</summary>\n${new Html(show(cell.twin ?? ""))}\n</details>`;
  return html`<figure class="chart" id="figure-${name}">\n${shown}\n${caption}${twin}\n</figure>\n`;
}

/** A made cell. A preview may show a page before a newly written cell has been made. */
function cellIn({cells, unmade}: Printed, key: string): MadeCell {
  return cells[key] ?? unmade?.() ?? known(cells, key);
}

/** The relative link from a page to the front page. */
function home(page: string): string {
  return "../".repeat(page.split("/").length - 1) || "./";
}

/** The text of a page, with its `prose` cells replaced by their paragraphs. */
function withProse(source: string, page: string, printed: Printed): string {
  const lines = source.split("\n");
  for (const cell of cellsOf({page, source, file: ""}).reverse()) {
    if (cell.kind !== "prose") continue;
    const text = cellIn(printed, keyOf(cell)).html;
    lines.splice(cell.line - 1, cell.body.split("\n").length + 1, text);
  }
  return lines.join("\n");
}

/** The table that follows a figure; only other figures may be between them. */
function tableAfter(tokens: readonly Token[], index: number): string | undefined {
  const next = tokens
    .slice(index + 1)
    .find(({type, info}) => type !== "fence" || !info.startsWith("figure "));
  return next?.type === "fence" ? /^table (\S+)/.exec(next.info)?.[1] : undefined;
}

/**
 * Ends every page with the script that makes its numbers open. In the head, Framework would parse it three more times.
 * @param mark identifies one run of the preview: a page with another mark makes the browser reload
 */
export function endWithScript(md: MarkdownIt, mark?: string): void {
  md.core.ruler.push("script", ({inlineMode, tokens, Token}) => {
    if (inlineMode) return;
    const script = new Token("html_block", "", 0);
    const comment = mark === undefined ? "" : `<!--${mark}-->\n`;
    script.content = `<script type="module" src="/benchbook/main.js"></script>\n${comment}`;
    tokens.push(script);
  });
}
