// How references, claims and quotations look on a page.

import {pieces, type Reference} from "../references.js";
import {factHtml, intervalHtml, linkHtml, verdictText} from "./fact-html.js";
import {type Html, html} from "./html.js";
import type {Named, Printed} from "./printed.js";

/** A claim's sentence, with its verdict as a link to the ledger. */
export function claimHtml(
  printed: Pick<Printed, "claims" | "facts" | "texts" | "links">,
  id: string,
  root: string
): Html {
  const {quote, reading, verdict, own} = known(printed.claims, id);
  const sentence = quoteHtml(quote, printed);
  const link = own
    ? html`<a class="tested" href="${root}claims#${id}" aria-label="this is tested: see the claim" title="tested claim">✓</a>`
    : html`<a class="verdict" data-verdict="${verdict}" href="${root}claims#${id}">${verdictText(verdict)}</a>`;
  const text = own ? sentence : html`“${sentence}”${reading !== null && `, ${reading}`}:`;
  return html`<span class="claim" id="claim-${id}">${text}${own ? "" : " "}${link}</span>`;
}

/** A quotation, like `templateHtml`, but with the cells of a table row set apart and code as code. */
export function quoteHtml(quote: string, named: Named): Html {
  const parts = quote
    .replace(/^\|\s*(.*?)\s*\|$/, (_, cells: string) => cells.split(/\s*\|\s*/).join(" · "))
    .split(/`([^`]+)`/)
    .map((part, i) => {
      const filled = templateHtml(part, named);
      return i % 2 === 1 ? html`<code>${filled}</code>` : filled;
    });
  return html`${parts}`;
}

/** Text of the evidence with its references filled in; the rest is escaped. */
export function templateHtml(template: string, named: Named): Html {
  const parts = pieces(template).map((piece) =>
    piece.kind === "reference" && piece.reference.kind !== "claim"
      ? referenceHtml(piece.reference, named)
      : piece.source
  );
  return html`${parts}`;
}

/** The HTML of a reference; claims need `claimHtml`. */
export function referenceHtml(reference: Exclude<Reference, {kind: "claim"}>, named: Named): Html {
  if (reference.kind === "text") return html`${known(named.texts, reference.name)}`;
  if (reference.kind === "link") return linkHtml(known(named.links, reference.name));
  const fact = known(named.facts, reference.id);
  return reference.part === "interval" ? intervalHtml(fact) : factHtml(fact);
}

/**
 * An entry by name.
 * @throws Error if there is none, which checks report beforehand
 */
export function known<T>(entries: Readonly<Record<string, T>>, name: string): T {
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (entry === undefined) throw new Error(`the report has no “${name}”`);
  return entry;
}
