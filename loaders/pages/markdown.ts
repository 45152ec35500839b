import type MarkdownIt from "markdown-it";
import {pieces, type Reference} from "../references.js";
import {escapeHtml, factHtml, intervalHtml, linkHtml, verdictText} from "./html.js";
import type {Report} from "./report.js";

// The syntax of the pages:
//   {{lead.c8}}            a fact
//   {{lead.c8 interval}}   its interval
//   {{label.awq}}          a name, setting or title from the evidence
//   {{source.vllm}}        a link to a source
//   {{claim.lead_c8}}      a claim, with its verdict and a link to the ledger
//   ```figure NAME         a figure; the body of the fence is its caption
//   ```table NAME          a table; likewise
//   ```claims              the claims whose ids stand in the body, as a list
//   ```explorable NAME     an interactive figure, loaded when it comes into view

/**
 * Teaches markdown-it the syntax above. `read` is called once a page is parsed, so that a preview
 * shows the newest report. Unknown names throw; `npm run build` reports them all beforehand.
 *
 * Framework parses every page several times. With `later`, drawings and tables are left out of its way:
 * comments hold their places until `fillPage` fills them.
 */
export function reportSyntax(md: MarkdownIt, read: () => Report, {later = false} = {}): void {
  let report: Report;
  const place = (kind: Material, name: string) =>
    later ? `<!--${kind} ${name}-->` : materialHtml(report, kind, name);
  md.core.ruler.before("normalize", "report", () => {
    report = read();
  });

  md.inline.ruler.before("escape", "reference", (state, silent) => {
    if (!state.src.startsWith("{{", state.pos)) return false;
    const [piece] = pieces(state.src.slice(state.pos));
    if (piece?.kind !== "reference") return false;
    const {source, reference} = piece;
    if (!silent) {
      if (reference.kind === "text") {
        state.push("text", "", 0).content = known(report.texts, reference.name);
      } else {
        state.push("html_inline", "", 0).content =
          reference.kind === "claim" ? claimHtml(report, reference.id) : referenceHtml(reference, report);
      }
    }
    state.pos += source.length;
    return true;
  });

  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const {info = "", content = ""} = tokens[index] ?? {};
    const [kind, name = ""] = info.trim().split(/\s+/);
    const caption = () =>
      content.trim() ? `<figcaption>${md.renderInline(content.trim(), env)}</figcaption>\n` : "";
    if (kind === "figure") {
      const shown = tableAfter(tokens, index);
      const isShown = shown !== undefined && known(report.figures, name).table === report.tables[shown];
      const twin = isShown
        ? `<p class="twin"><a href="#table-${shown}">The same as a table, below</a></p>`
        : `<details><summary>The same as a table</summary>\n${place("twin", name)}\n</details>`;
      return `<figure class="chart" id="figure-${name}">\n${place("figure", name)}\n${caption()}${twin}\n</figure>\n`;
    }
    if (kind === "table")
      return `<figure class="table" id="table-${name}">\n${caption()}${place("table", name)}\n</figure>\n`;
    if (kind === "claims") {
      const items = content
        .trim()
        .split(/\s+/)
        .map((id) => `<li>${claimHtml(report, id)}</li>`);
      return `<ul class="claims">\n${items.join("\n")}\n</ul>\n`;
    }
    if (kind === "explorable")
      return `<figure class="explorable" id="explorable-${name}" data-explorable="${name}">\n${caption()}<p class="needs-script">Its inputs need JavaScript; this is their start.</p>\n${place("explorable", name)}\n</figure>\n`;
    return fence?.(tokens, index, options, env, self) ?? "";
  };
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

/** The table that follows a figure, with nothing but further figures between them. */
function tableAfter(tokens: readonly {type: string; info: string}[], index: number): string | undefined {
  const next = tokens
    .slice(index + 1)
    .find(({type, info}) => type !== "fence" || !info.startsWith("figure "));
  return next?.type === "fence" ? /^table (\S+)/.exec(next.info)?.[1] : undefined;
}

type Material = "figure" | "twin" | "table" | "explorable";

/** What stands in a fence: a drawing, its twin as a table, a table, or the start of an explorable. */
function materialHtml(report: Report, kind: Material, name: string): string {
  if (kind === "figure") return known(report.figures, name).html;
  if (kind === "twin") return known(report.figures, name).table;
  if (kind === "table") return known(report.tables, name);
  return known(report.explorables, name);
}

/** Puts drawings and tables where a page has their places. */
export function fillPage(html: string, report: Report): string {
  return html.replace(/<!--(figure|twin|table|explorable) (\S+)-->/g, (_, kind: Material, name: string) =>
    materialHtml(report, kind, name)
  );
}

/** The sentence of a claim, and its verdict as a link to the ledger. */
function claimHtml(report: Report, id: string): string {
  const {quote, reading, verdict, own} = known(report.claims, id);
  const sentence = quoteHtml(quote, report);
  const link = own
    ? `<a class="tested" href="./claims#${id}" aria-label="this is tested: see the claim" title="tested claim">✓</a>`
    : `<a class="verdict" data-verdict="${verdict}" href="./claims#${id}">${verdictText(verdict)}</a>`;
  const text = own ? sentence : `“${sentence}”${reading === null ? "" : `, ${escapeHtml(reading)}`}:`;
  return `<span class="claim" id="claim-${id}">${text}${own ? "" : " "}${link}</span>`;
}

/** A quotation: the cells of a row set apart, and code as code; everything else as `templateHtml` has it. */
export function quoteHtml(quote: string, report: Pick<Report, "facts" | "texts" | "links">): string {
  return quote
    .replace(/^\|\s*(.*?)\s*\|$/, (_, cells: string) => cells.split(/\s*\|\s*/).join(" · "))
    .split(/`([^`]+)`/)
    .map((part, i) =>
      i % 2 === 1 ? `<code>${templateHtml(part, report)}</code>` : templateHtml(part, report)
    )
    .join("");
}

/** Text of the evidence with its references filled in; everything else in it is text. */
export function templateHtml(template: string, report: Pick<Report, "facts" | "texts" | "links">): string {
  return pieces(template)
    .map((piece) =>
      piece.kind === "reference" && piece.reference.kind !== "claim"
        ? referenceHtml(piece.reference, report)
        : escapeHtml(piece.source)
    )
    .join("");
}

function referenceHtml(
  reference: Exclude<Reference, {kind: "claim"}>,
  report: Pick<Report, "facts" | "texts" | "links">
): string {
  if (reference.kind === "text") return escapeHtml(known(report.texts, reference.name));
  if (reference.kind === "link") return linkHtml(known(report.links, reference.name));
  const fact = known(report.facts, reference.id);
  return reference.part === "interval" ? intervalHtml(fact) : factHtml(fact);
}

function known<T>(entries: Readonly<Record<string, T>>, name: string): T {
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (entry === undefined) throw new Error(`the report has no “${name}”`);
  return entry;
}
