import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";

/** A page of the site and its Markdown, with its parameters filled in. */
export interface PageSource {
  /** Its path below src/ without extension: `index`, `series/fp8`. */
  page: string;
  source: string;
  /** The file, relative to src/. */
  file: string;
  /** The values of the parameters in the file’s name; empty for most pages. */
  params: Readonly<Record<string, string>>;
}

/** Folders below src/ without pages. */
const NO_PAGES = new Set([".observablehq", "benchbook", "claims", "explorables", "figures", "queries"]);

/** Every Markdown file below src/ by its relative path without extension. */
export function readMarkdown(src: string): Map<string, string> {
  const names = readdirSync(src, {recursive: true, encoding: "utf8"})
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".md") && !NO_PAGES.has(name.split("/")[0] ?? ""))
    .sort();
  return new Map(names.map((name) => [name.slice(0, -".md".length), readFileSync(join(src, name), "utf8")]));
}

/** The pages of the site: files without parameters in their names, and the others at the given paths. */
export function pagesOf(markdown: ReadonlyMap<string, string>, paths: readonly string[]): PageSource[] {
  const plain = [...markdown].filter(([name]) => !name.includes("["));
  const holed = [...markdown].filter(([name]) => name.includes("["));
  return [
    ...plain.map(([page, source]) => ({page, source, file: `${page}.md`, params: {}})),
    ...paths.flatMap((path) => {
      const page = path.replace(/^\//, "");
      for (const [name, source] of holed) {
        const params = paramsOf(name, page);
        if (params !== undefined)
          return {page, source: fillParams(source, params), file: `${name}.md`, params};
      }
      return [];
    })
  ];
}

function paramsOf(name: string, page: string): Record<string, string> | undefined {
  const pattern = name
    .split(/\[(\w+)\]/)
    .map((part, i) => (i % 2 === 1 ? `(?<${part}>[^/]+)` : part.replace(/[\\^$*+?|[\]().{}]/g, "\\$&")))
    .join("");
  const groups = new RegExp(`^${pattern}$`).exec(page)?.groups;
  return groups && {...groups};
}

/** Replaces `{series}` by the value of this parameter. */
export function fillParams(source: string, params: Readonly<Record<string, string>>): string {
  return source.replace(/(?<!\{)\{([a-z_]\w*)\}/gi, (hole, name: string) => params[name] ?? hole);
}
