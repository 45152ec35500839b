import type MarkdownIt from "markdown-it";
import {cellsOf, keyOf} from "../cells/cell.js";
import {MADE_KINDS, type MadeCell} from "../cells/make-cells.js";
import {pieces, type Reference} from "../references.js";
import {fillParams} from "../site/page-source.js";
import {escapeHtml, factHtml, intervalHtml, linkHtml, verdictText} from "./html.js";
import type {Named, Printed} from "./printed.js";

// The syntax of the pages:
//   {{lead.c8}}            a fact
//   {{lead.c8 interval}}   its interval
//   {{label.fp8}}          a name, setting or title from the evidence
//   {{source.vllm}}        a link to a source
//   {{claim.lead_c8}}      a claim, with its verdict and a link to the ledger
// and the cells that loaders/cells/cell.ts lists.

type Token = ReturnType<MarkdownIt["parse"]>[number];

/** What Framework hands to markdown-it with the text of a page. */
interface PageEnvironment {
  path?: string;
  params?: Record<string, string>;
}

/**
 * Teaches markdown-it the syntax above. `read` is called once a page is parsed, so that a preview shows the
 * newest report. Unknown names throw; a build reports them all beforehand.
 */
export function reportSyntax(md: MarkdownIt, read: () => Printed): void {
  let printed: Printed;
  let page = "";
  const cellOf = (kind: string, name: string, body: string) =>
    cellIn(printed, keyOf({kind, name, body, page}));

  md.core.ruler.before("normalize", "report", (state) => {
    if (state.inlineMode) return;
    const {path = "", params = {}}: PageEnvironment = state.env ?? {};
    printed = read();
    page = path.replace(/^\//, "");
    state.src = withProse(fillParams(state.src, params), page, printed);
  });

  md.core.ruler.push("empty sections", (state) => {
    if (!state.inlineMode)
      state.tokens = withoutEmptySections(state.tokens, ({info, content}) => {
        const [kind = "", name = ""] = info.trim().split(/\s+/);
        return kind === "sql" ? name !== "" : MADE_KINDS.has(kind) && cellOf(kind, name, content).html === "";
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
        state.push("html_inline", "", 0).content =
          reference.kind === "claim"
            ? claimHtml(printed, reference.id, home(page))
            : referenceHtml(reference, printed);
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
    if (kind === "claims") {
      const items = content
        .trim()
        .split(/\s+/)
        .map((id) => `<li>${claimHtml(printed, id, home(page))}</li>`);
      return `<ul class="claims">\n${items.join("\n")}\n</ul>\n`;
    }
    if (MADE_KINDS.has(kind)) {
      const cell = cellOf(kind, name, content);
      if (cell.html === "") return "";
      const {caption = ""} = cell;
      const captionHtml = caption === "" ? "" : `<figcaption>${md.renderInline(caption, env)}</figcaption>\n`;
      if (kind === "figure") return figureHtml(name, cell, captionHtml, tableAfter(tokens, index));
      if (kind === "table")
        return `<figure class="table" id="table-${name}">\n${captionHtml}${cell.html}\n</figure>\n`;
      return `<figure class="explorable" id="explorable-${name}" data-explorable="${name}">\n${captionHtml}<p class="needs-script">Its inputs need JavaScript; this is their start.</p>\n${cell.html}\n</figure>\n`;
    }
    // Framework runs what it knows as code. Only `js` is meant to run, unless it says otherwise.
    if (token !== undefined && kind !== "js") token.info = `${kind} run=false`;
    return fence?.(tokens, index, options, env, self) ?? "";
  };
}

/** A cell as it was made. A preview shows a page before a cell that was just written is made. */
function cellIn({cells, unmade}: Printed, key: string): MadeCell {
  return cells[key] ?? unmade ?? known(cells, key);
}

/** How links of a page lead to the front page. */
function home(page: string): string {
  return "../".repeat(page.split("/").length - 1) || "./";
}

/** The text of a page with what its `prose` cells say in their places. */
function withProse(source: string, page: string, printed: Printed): string {
  const lines = source.split("\n");
  for (const cell of cellsOf(page, source).reverse()) {
    if (cell.kind !== "prose") continue;
    const {html} = cellIn(printed, keyOf(cell));
    lines.splice(cell.line - 1, cell.body.split("\n").length + 1, html);
  }
  return lines.join("\n");
}

/** Leaves out headings under which nothing is left: pages of many series share one text. */
function withoutEmptySections(tokens: Token[], isEmpty: (fence: Token) => boolean): Token[] {
  const kept: Token[] = [];
  let hasContent = false;
  for (let i = tokens.length - 1; i >= 0; i -= 1) {
    const token = tokens[i];
    if (token === undefined) continue;
    if (token.type === "heading_close" && token.tag !== "h1") {
      const start = tokens.slice(0, i).findLastIndex(({type}) => type === "heading_open");
      if (hasContent) kept.unshift(...tokens.slice(start, i + 1));
      i = start;
      hasContent = false;
      continue;
    }
    if (!(token.type === "fence" && isEmpty(token))) {
      hasContent = true;
      kept.unshift(token);
    }
  }
  return kept;
}

function figureHtml(
  name: string,
  {html, twin = "", table}: MadeCell,
  caption: string,
  after: string | undefined
): string {
  const twinHtml =
    table !== undefined && after === table
      ? `<p class="twin"><a href="#table-${table}">The same as a table, below</a></p>`
      : `<details><summary>The same as a table</summary>\n${twin}\n</details>`;
  return `<figure class="chart" id="figure-${name}">\n${html}\n${caption}${twinHtml}\n</figure>\n`;
}

/** The table that follows a figure, with nothing but further figures between them. */
function tableAfter(tokens: readonly Token[], index: number): string | undefined {
  const next = tokens
    .slice(index + 1)
    .find(({type, info}) => type !== "fence" || !info.startsWith("figure "));
  return next?.type === "fence" ? /^table (\S+)/.exec(next.info)?.[1] : undefined;
}

/**
 * Prepares headings for Framework, which makes each with an id a link to itself: one that is a link already
 * gives its id to that link. Names with a hyphen in a title are kept in one line.
 */
export function headingSyntax(md: MarkdownIt): void {
  md.core.ruler.push("headings", ({tokens, inlineMode}) => {
    if (inlineMode) return;
    for (const [i, token] of tokens.entries()) {
      if (token.type !== "heading_open") continue;
      const children = tokens[i + 1]?.children ?? [];
      const link = children.find(({type}) => type === "link_open");
      const id = token.attrGet("id");
      if (link !== undefined && id !== null) {
        link.attrSet("id", String(id));
        token.attrs = (token.attrs ?? []).filter(([name]) => name !== "id");
      }
      if (token.tag === "h1") for (const child of children) child.meta = {unbroken: true};
    }
  });
  const text = md.renderer.rules.text;
  md.renderer.rules.text = (tokens, index, ...rest) => {
    const html = text?.(tokens, index, ...rest) ?? "";
    return tokens[index]?.meta?.unbroken ? unbroken(html) : html;
  };
}

/** Keeps names with a hyphen in one line. */
function unbroken(html: string): string {
  return html.replace(/(?<=^|\s)[\w.]+-[\w.-]+(?=[\s,]|$)/g, '<span class="unbroken">$&</span>');
}

/**
 * Ends every page with the script that opens a number. In its head, Framework would parse it three times more.
 * @param mark of one start of the preview: a browser that finds another in the page loads it anew
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

/** The sentence of a claim, and its verdict as a link to the ledger. */
function claimHtml(printed: Printed, id: string, root: string): string {
  const {quote, reading, verdict, own} = known(printed.claims, id);
  const sentence = quoteHtml(quote, printed);
  const link = own
    ? `<a class="tested" href="${root}claims#${id}" aria-label="this is tested: see the claim" title="tested claim">✓</a>`
    : `<a class="verdict" data-verdict="${verdict}" href="${root}claims#${id}">${verdictText(verdict)}</a>`;
  const text = own ? sentence : `“${sentence}”${reading === null ? "" : `, ${escapeHtml(reading)}`}:`;
  return `<span class="claim" id="claim-${id}">${text}${own ? "" : " "}${link}</span>`;
}

/** A quotation: the cells of a row set apart, and code as code; everything else as `templateHtml` has it. */
export function quoteHtml(quote: string, named: Named): string {
  return quote
    .replace(/^\|\s*(.*?)\s*\|$/, (_, cells: string) => cells.split(/\s*\|\s*/).join(" · "))
    .split(/`([^`]+)`/)
    .map((part, i) => (i % 2 === 1 ? `<code>${templateHtml(part, named)}</code>` : templateHtml(part, named)))
    .join("");
}

/** Text of the evidence with its references filled in; everything else in it is text. */
export function templateHtml(template: string, named: Named): string {
  return pieces(template)
    .map((piece) =>
      piece.kind === "reference" && piece.reference.kind !== "claim"
        ? referenceHtml(piece.reference, named)
        : escapeHtml(piece.source)
    )
    .join("");
}

function referenceHtml(reference: Exclude<Reference, {kind: "claim"}>, named: Named): string {
  if (reference.kind === "text") return escapeHtml(known(named.texts, reference.name));
  if (reference.kind === "link") return linkHtml(known(named.links, reference.name));
  const fact = known(named.facts, reference.id);
  return reference.part === "interval" ? intervalHtml(fact) : factHtml(fact);
}

function known<T>(entries: Readonly<Record<string, T>>, name: string): T {
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (entry === undefined) throw new Error(`the report has no “${name}”`);
  return entry;
}
