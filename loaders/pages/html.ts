import type {Fact} from "../facts/read-facts.js";

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
};

/** Text as it may stand in HTML, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** What a page needs of a fact to print it. */
export type PrintedFact = Pick<Fact, "id" | "value" | "text" | "intervalText">;

/**
 * A fact in prose or in a cell: `<data data-fact="lead.c1" value="0.41…">+42 %</data>`.
 * @param unit that is shown elsewhere; the text keeps it, but for those who listen or copy
 */
export function factHtml({id, value, text}: PrintedFact, unit?: string): string {
  const number = unit !== undefined && text.endsWith(unit) ? text.slice(0, -unit.length) : undefined;
  const content =
    number === undefined
      ? escapeHtml(text)
      : `${escapeHtml(number.trimEnd())}<span class="unit">${escapeHtml(text.slice(number.trimEnd().length))}</span>`;
  return `<data data-fact="${escapeHtml(id)}" value="${value}">${content}</data>`;
}

/** The interval of a fact; opens the same panel as the fact itself. */
export function intervalHtml({id, intervalText}: PrintedFact): string {
  return `<span data-interval="${escapeHtml(id)}">${escapeHtml(intervalText || "exact")}</span>`;
}

/** A verdict as it is written in a sentence: `holds-within-rounding` as “holds within rounding”. */
export function verdictText(verdict: string): string {
  return verdict.replaceAll("-", " ");
}

/** A link to a source outside the site; its title where the address is not known. */
export function linkHtml({title, url}: {title: string; url: string | null}): string {
  if (url === null) return escapeHtml(title);
  return `<a href="${escapeHtml(url)}" rel="external">${escapeHtml(title)}</a>`;
}
