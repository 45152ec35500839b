/** A piece of HTML, which `html` does not escape. */
export class Html {
  constructor(readonly source: string) {}

  toString(): string {
    return this.source;
  }
}

/** What a hole of `html` takes: text is escaped, HTML is not, and null, undefined and false print nothing. */
export type Content = Html | string | number | null | undefined | false | readonly Content[];

/**
 * HTML with holes in text or in quoted attributes. The literal must be written as a browser would serialise it, so
 * that parsing and serialising change nothing.
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

/** Joins pieces with markup or a space between them. */
export function joined(pieces: readonly Content[], between: "\n" | " " | "<wbr>"): Html {
  return new Html(pieces.map((piece) => written(piece, escapeText)).join(between));
}

/** The attributes of a tag, each after a space; those without a value are left out. */
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

/** A text in which lines may break after certain characters. */
export function breakable(text: string, after: RegExp): Html {
  return joined(text.split(after), "<wbr>");
}
