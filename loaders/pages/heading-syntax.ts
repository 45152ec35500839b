import type MarkdownIt from "markdown-it";

/**
 * Prepares headings for Framework, which links each heading with an id to itself. A heading that contains a link
 * passes its id to that link. Hyphenated names in titles do not break.
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

/** Keeps hyphenated names from breaking. */
function unbroken(html: string): string {
  return html.replace(/(?<=^|\s)[\w.]+-[\w.-]+(?=[\s,]|$)/g, '<span class="unbroken">$&</span>');
}
