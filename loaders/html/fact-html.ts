import type {Fact} from "../facts/read-facts.js";
import {type Html, html} from "./html.js";

/** What a page needs in order to print a fact. */
export type PrintedFact = Pick<Fact, "id" | "value" | "text" | "intervalText">;

/**
 * A fact in prose or in a cell: `<data data-fact="lead.c1" value="0.41…">+42 %</data>`.
 * @param unit that is already shown elsewhere: here only screen readers and copied text keep it
 */
export function factHtml({id, value, text}: PrintedFact, unit?: string): Html {
  const number =
    unit !== undefined && text.endsWith(unit) ? text.slice(0, -unit.length).trimEnd() : undefined;
  const content =
    number === undefined ? text : html`${number}<span class="unit">${text.slice(number.length)}</span>`;
  return html`<data data-fact="${id}" value="${value}">${content}</data>`;
}

/** The interval of a fact; opens the same panel as the fact itself. */
export function intervalHtml({id, intervalText}: PrintedFact): Html {
  return html`<span data-interval="${id}">${intervalText || "exact"}</span>`;
}

/** A verdict as words: `holds-within-rounding` becomes “holds within rounding”. */
export function verdictText(verdict: string): string {
  return verdict.replaceAll("-", " ");
}

/** A link to a source outside the site; only its title if the address is not known. */
export function linkHtml({title, url}: {title: string; url: string | null}): Html {
  return url === null ? html`${title}` : html`<a href="${url}" rel="external">${title}</a>`;
}
