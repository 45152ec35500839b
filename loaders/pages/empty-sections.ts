import type MarkdownIt from "markdown-it";

export type Token = ReturnType<MarkdownIt["parse"]>[number];

/** Leaves out headings of empty sections, since one text serves the pages of many series. */
export function withoutEmptySections(tokens: Token[], isEmpty: (fence: Token) => boolean): Token[] {
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
