import type {Fact} from "../facts/read-facts.js";

/** A piece of HTML: what stands in it is markup. */
export class Html {
  constructor(readonly source: string) {}

  toString(): string {
    return this.source;
  }
}

/** What may stand in a hole of `html`: text is escaped, pieces of HTML are not, and nothing is left out. */
export type Content = Html | string | number | null | undefined | false | readonly Content[];

/**
 * HTML with holes, as text or in quoted attributes. It is written as a browser writes it: parsing and
 * serialising it again changes nothing.
 */
export function html(strings: TemplateStringsArray, ...holes: readonly Content[]): Html {
  let before = "";
  const parts = strings.flatMap((string, i) => {
    before += string;
    const escaped = endsInAttribute(before) ? escapeAttribute : escapeText;
    return [string, i < holes.length ? written(holes[i], escaped) : ""];
  });
  return new Html(parts.join(""));
}

/** Whether markup breaks off within a quoted attribute of a tag. */
function endsInAttribute(markup: string): boolean {
  const tag = markup.slice(markup.lastIndexOf("<"));
  return tag.startsWith("<") && tag.split('"').length % 2 === 0;
}

/** Pieces with markup or a blank between them. */
export function joined(pieces: readonly Content[], between: "\n" | " " | "<wbr>"): Html {
  return new Html(pieces.map((piece) => written(piece, escapeText)).join(between));
}

/** Attributes of a tag, after a space each; those without a value are left out. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): Html {
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : ` ${name}="${escapeAttribute(String(value))}"`
  );
  return new Html(given.join(""));
}

function written(content: Content, escaped: (text: string) => string): string {
  if (content === null || content === undefined || content === false) return "";
  if (content instanceof Html) return content.source;
  if (typeof content === "string" || typeof content === "number") return escaped(String(content));
  return content.map((each) => written(each, escaped)).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\u00a0": "&nbsp;"
};

function escapeText(text: string): string {
  return text.replace(/[&<>\u00a0]/g, (character) => entities[character] ?? character);
}

function escapeAttribute(text: string): string {
  return text.replace(/[&"\u00a0]/g, (character) => entities[character] ?? character);
}

/** What a page needs of a fact to print it. */
export type PrintedFact = Pick<Fact, "id" | "value" | "text" | "intervalText">;

/**
 * A fact in prose or in a cell: `<data data-fact="lead.c1" value="0.41…">+42 %</data>`.
 * @param unit that is shown elsewhere; the text keeps it, but for those who listen or copy
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

/** A verdict as it is written in a sentence: `holds-within-rounding` as “holds within rounding”. */
export function verdictText(verdict: string): string {
  return verdict.replaceAll("-", " ");
}

/** A link to a source outside the site; its title where the address is not known. */
export function linkHtml({title, url}: {title: string; url: string | null}): Html {
  return url === null ? html`${title}` : html`<a href="${url}" rel="external">${title}</a>`;
}

/** A text that may break after some of its characters. */
export function breakable(text: string, after: RegExp): Html {
  return joined(text.split(after), "<wbr>");
}
